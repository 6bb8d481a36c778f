using Slipway.LocalCloud.Tests.Support;

namespace Slipway.Deployment.Tests.Infrastructure;

/// <summary>The templates, read by the linter that CloudFormation's makers publish.</summary>
public sealed class TemplateTests
{
    [Test]
    public async Task The_linter_finds_nothing_to_say()
    {
        var linter = Tool.Find("cfn-lint");
        var folder = new DirectoryInfo(Path.Combine(AppContext.BaseDirectory, "Shipped"));
        var templates = folder.GetFiles("*.yaml").Select(file => file.FullName).ToList();
        Assert.That(templates, Has.Count.EqualTo(2));

        var run = await Tool.RunAsync(linter, ["--include-checks", "I", "--", .. templates]);

        Assert.That((run.ExitCode, run.Output, run.Error), Is.EqualTo((0, "", "")));
    }
}
