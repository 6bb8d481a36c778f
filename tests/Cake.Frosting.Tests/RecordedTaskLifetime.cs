using Cake.Core;

namespace Cake.Frosting.Tests;

/// <summary>Records what happens around each task.</summary>
internal sealed class RecordedTaskLifetime(Steps steps) : FrostingTaskLifetime
{
    public override void Setup(ICakeContext context, ITaskSetupContext info) => steps.Add($"before {info.Task.Name}");

    public override void Teardown(ICakeContext context, ITaskTeardownContext info)
        => steps.Add($"after {info.Task.Name}{(info.Skipped ? " skipped" : "")}{(info.Successful ? "" : " failed")}");
}
