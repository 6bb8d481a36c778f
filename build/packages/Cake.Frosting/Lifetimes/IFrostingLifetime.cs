namespace Cake.Frosting;

/// <summary>The setup and the teardown of the run.</summary>
public interface IFrostingLifetime : IFrostingSetup, IFrostingTeardown;
