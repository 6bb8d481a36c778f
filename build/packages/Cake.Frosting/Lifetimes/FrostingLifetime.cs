using Cake.Core;

namespace Cake.Frosting;

/// <summary>What runs before the first and after the last task, without a context of its own type.</summary>
public abstract class FrostingLifetime : FrostingLifetime<ICakeContext>;

/// <summary>What runs before the first and after the last task.</summary>
/// <typeparam name="TContext">The type of the context that the host was given.</typeparam>
public abstract class FrostingLifetime<TContext> : IFrostingLifetime
    where TContext : ICakeContext
{
    /// <summary>Runs before.</summary>
    public abstract void Setup(TContext context, ISetupContext info);

    /// <summary>Runs after, also after a failure.</summary>
    public abstract void Teardown(TContext context, ITeardownContext info);

    void IFrostingSetup.Setup(ICakeContext context, ISetupContext info) => Setup((TContext)context, info);

    void IFrostingTeardown.Teardown(ICakeContext context, ITeardownContext info) => Teardown((TContext)context, info);
}
