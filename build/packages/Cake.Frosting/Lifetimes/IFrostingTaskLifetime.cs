namespace Cake.Frosting;

/// <summary>The setup and the teardown of each task.</summary>
public interface IFrostingTaskLifetime : IFrostingTaskSetup, IFrostingTaskTeardown;
