using Cake.Core;

namespace Cake.Frosting;

/// <summary>What runs before the first task, without a context of its own type.</summary>
public abstract class FrostingSetup : FrostingSetup<ICakeContext>;

/// <summary>What runs before the first task.</summary>
/// <typeparam name="TContext">The type of the context that the host was given.</typeparam>
public abstract class FrostingSetup<TContext> : IFrostingSetup
    where TContext : ICakeContext
{
    /// <summary>Prepares the run.</summary>
    public abstract void Setup(TContext context, ISetupContext info);

    void IFrostingSetup.Setup(ICakeContext context, ISetupContext info) => Setup((TContext)context, info);
}
