using Cake.Core;

namespace Cake.Frosting;

/// <summary>A task without a context of its own type.</summary>
public abstract class FrostingTask : FrostingTask<ICakeContext>;
