namespace Cake.Frosting.Tests;

/// <summary>What happened in a run, in order. Tasks and lifetimes receive it by constructor.</summary>
internal sealed class Steps : List<string>;
