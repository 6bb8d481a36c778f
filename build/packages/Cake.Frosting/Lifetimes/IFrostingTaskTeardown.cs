using Cake.Core;

namespace Cake.Frosting;

/// <summary>Runs after each task, also after a failed or a skipped one.</summary>
public interface IFrostingTaskTeardown
{
    /// <summary>Ends a task.</summary>
    void Teardown(ICakeContext context, ITaskTeardownContext info);
}
