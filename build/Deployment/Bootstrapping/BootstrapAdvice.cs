namespace Slipway.Deployment.Bootstrapping;

/// <summary>What to run, and what for. Nothing of it was run.</summary>
/// <param name="Title">What the commands do.</param>
/// <param name="Commands">Complete lines for a POSIX shell.</param>
public sealed record CommandBlock(string Title, IReadOnlyList<string> Commands);

/// <summary>What Bootstrap found, and the commands for what is missing.</summary>
/// <param name="Parts">What was looked for.</param>
/// <param name="Blocks">The commands, in the order in which to run them.</param>
public sealed record BootstrapAdvice(IReadOnlyList<AccountPart> Parts, IReadOnlyList<CommandBlock> Blocks)
{
    /// <summary>Whether something is known to be missing.</summary>
    public bool IsIncomplete => Parts.Any(part => part.Presence == Presence.Missing);
}
