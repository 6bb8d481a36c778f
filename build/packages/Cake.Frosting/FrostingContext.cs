using Cake.Core;

namespace Cake.Frosting;

/// <summary>The base of a build's own context: Cake's context, open to further facts.</summary>
public class FrostingContext(ICakeContext context) : CakeContextAdapter(context), IFrostingContext;
