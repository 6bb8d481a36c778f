using Slipway.Deployment.Settings;

namespace Slipway.Build.Output;

/// <summary>The first lines of a run: where it will deploy to.</summary>
internal static class Banner
{
    /// <summary>What a person should know of the settings.</summary>
    public static void PrintRemarks(ConsoleReport report, DeploymentSettings settings)
    {
        foreach (var remark in settings.Remarks)
        {
            if (remark.IsWarning) report.Warning(remark.Text);
            else report.Fact(remark.Text);
        }
    }

    public static void Print(ConsoleReport report, DeploymentSettings settings)
    {
        var cloud = settings.LocalCloud is { } local ? $"the local cloud at {local.Endpoint}" : "AWS";
        report.Headline($"Slipway: environment '{settings.Environment}' on {cloud}");
        report.Fact($"account {settings.AccountId ?? "of the credentials"}, region {settings.Region}");
        report.Fact($"cluster {settings.Cluster}, service {settings.Service}, repository {settings.Repository}");
    }
}
