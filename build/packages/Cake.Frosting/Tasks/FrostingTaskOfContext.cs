using Cake.Core;

namespace Cake.Frosting;

/// <summary>A synchronous task that receives the context of the build.</summary>
/// <typeparam name="T">The type of the context. The host's context must be convertible to it.</typeparam>
public abstract class FrostingTask<T> : IFrostingTask
    where T : ICakeContext
{
    /// <summary>Does the work. A task without an override is an aggregate: only its dependencies run.</summary>
    public virtual void Run(T context)
    {
    }

    /// <summary>Tells whether the task runs.</summary>
    public virtual bool ShouldRun(T context) => true;

    /// <summary>Handles an error of the task. An override that does not throw has handled it: the run goes on.</summary>
    public virtual void OnError(Exception exception, T context)
    {
    }

    /// <summary>Runs after the task, whether it failed or not.</summary>
    public virtual void Finally(T context)
    {
    }

#pragma warning disable CA1033 // Run is what derived classes override and call.
    Task IFrostingTask.RunAsync(ICakeContext context)
    {
        Run((T)context);
        return Task.CompletedTask;
    }
#pragma warning restore CA1033

    bool IFrostingTask.ShouldRun(ICakeContext context) => ShouldRun((T)context);

    void IFrostingTask.OnError(Exception exception, ICakeContext context) => OnError(exception, (T)context);

    void IFrostingTask.Finally(ICakeContext context) => Finally((T)context);
}
