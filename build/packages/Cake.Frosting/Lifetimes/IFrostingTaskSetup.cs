using Cake.Core;

namespace Cake.Frosting;

/// <summary>Runs before each task, also before a skipped one.</summary>
public interface IFrostingTaskSetup
{
    /// <summary>Prepares a task.</summary>
    void Setup(ICakeContext context, ITaskSetupContext info);
}
