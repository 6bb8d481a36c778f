using Cake.Core;

namespace Cake.Frosting;

/// <summary>Runs once, before the first task.</summary>
public interface IFrostingSetup
{
    /// <summary>Prepares the run.</summary>
    void Setup(ICakeContext context, ISetupContext info);
}
