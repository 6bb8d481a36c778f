using Cake.Core;

namespace Cake.Frosting;

/// <summary>What runs after the last task, without a context of its own type.</summary>
public abstract class FrostingTeardown : FrostingTeardown<ICakeContext>;

/// <summary>What runs after the last task.</summary>
/// <typeparam name="TContext">The type of the context that the host was given.</typeparam>
public abstract class FrostingTeardown<TContext> : IFrostingTeardown
    where TContext : ICakeContext
{
    /// <summary>Ends the run; <see cref="ITeardownContext.ThrownException"/> tells how it went.</summary>
    public abstract void Teardown(TContext context, ITeardownContext info);

    void IFrostingTeardown.Teardown(ICakeContext context, ITeardownContext info) => Teardown((TContext)context, info);
}
