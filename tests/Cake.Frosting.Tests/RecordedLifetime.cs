using Cake.Core;

namespace Cake.Frosting.Tests;

/// <summary>Records the setup with what it was told, and the teardown.</summary>
internal sealed class RecordedLifetime(Steps steps) : FrostingLifetime
{
    public override void Setup(ICakeContext context, ISetupContext info)
        => steps.Add($"setup {info.TargetTask.Name}: {string.Join(' ', info.TasksToExecute.Select(task => task.Name))}");

    public override void Teardown(ICakeContext context, ITeardownContext info) => steps.Add("teardown");
}
