using Cake.Core;

namespace Cake.Frosting;

/// <summary>An asynchronous task without a context of its own type.</summary>
public abstract class AsyncFrostingTask : AsyncFrostingTask<ICakeContext>;
