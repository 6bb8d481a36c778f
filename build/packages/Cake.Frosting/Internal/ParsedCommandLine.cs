using Cake.Cli.Infrastructure;
using Cake.Core;
using Spectre.Console.Cli;

namespace Cake.Frosting.Internal;

/// <summary>What the command line said. Filled once, by the parser, before anything that depends on it is resolved.</summary>
internal sealed class ParsedCommandLine
{
    private ICakeArguments? arguments;

    /// <summary>The arguments that tasks see: the targets, and every option that is not Frosting's own.</summary>
    public ICakeArguments Arguments
        => arguments ?? throw new InvalidOperationException("The arguments are known after the command line is parsed.");

    /// <summary>The arguments as values of Cake's configuration; of a repeated one, the last counts.</summary>
    public IDictionary<string, string> ConfigurationValues
        => Arguments.GetArguments()
            .Where(argument => argument.Value.Count > 0)
            .ToDictionary(argument => argument.Key, argument => argument.Value.Last(), StringComparer.OrdinalIgnoreCase);

    public void Set(IReadOnlyList<string> targets, IRemainingArguments remaining)
        => arguments = remaining.ToCakeArguments(targets.ToArray());
}
