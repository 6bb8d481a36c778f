namespace Cake.Frosting.Tests;

/// <summary>A task that records its name when it runs.</summary>
internal abstract class RecordedTask(Steps steps) : FrostingTask
{
    protected Steps Steps => steps;

    public override void Run(Cake.Core.ICakeContext context) => steps.Add(GetType().Name);
}
