using Cake.Frosting;
using Slipway.Build.Hosting;
using Spectre.Console;

namespace Slipway.Build.Tasks;

/// <summary>Shows every setting, its value and where it came from; secrets are masked.</summary>
[TaskName("Settings")]
[TaskDescription("Show every setting, its value and where it came from.")]
[Reaches(CloudReach.Settings)]
public sealed class Settings : FrostingTask<BuildContext>
{
    /// <inheritdoc />
    public override void Run(BuildContext context)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("Setting").AddColumn("Value").AddColumn("From");
        foreach (var setting in context.Settings.Values)
        {
            table.AddRow(new Text(setting.Name), new Text(setting.Value ?? "-"), new Text(setting.Value is null ? string.Empty : setting.Origin));
        }

        context.Report.Render(table);
    }
}
