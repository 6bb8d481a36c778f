using System.Text.Json.Nodes;

namespace Slipway.Deployment.Tests.Infrastructure;

/// <summary>A stack, and what is to be found in the account after it was created.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Template">The template's file.</param>
/// <param name="Parameters">Those that differ from the defaults; "$make": what was there before.</param>
/// <param name="Facts">"thing.member = value".</param>
/// <param name="Outputs">"name = value".</param>
public sealed record StackCase(string Name, string Template, JsonObject Parameters, IReadOnlyList<string> Facts, IReadOnlyList<string> Outputs)
{
    /// <inheritdoc />
    public override string ToString() => Name;
}
