using Cake.Core;

namespace Cake.Frosting;

/// <summary>What tasks and lifetimes of a host receive.</summary>
public interface IFrostingContext : ICakeContext;
