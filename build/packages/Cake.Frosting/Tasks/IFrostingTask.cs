using Cake.Core;

namespace Cake.Frosting;

/// <summary>A unit of work. Derive from <see cref="FrostingTask{T}"/> or <see cref="AsyncFrostingTask{T}"/>.</summary>
public interface IFrostingTask
{
    /// <summary>The reason that the report gives where <see cref="ShouldRun"/> says no.</summary>
    string SkippedMessage => string.Empty;

    /// <summary>Does the work.</summary>
    Task RunAsync(ICakeContext context);

    /// <summary>Tells whether the task runs.</summary>
    bool ShouldRun(ICakeContext context);

    /// <summary>Handles an error of the task. An override that does not throw has handled it: the run goes on.</summary>
    void OnError(Exception exception, ICakeContext context);

    /// <summary>Runs after the task, whether it failed or not.</summary>
    void Finally(ICakeContext context);
}
