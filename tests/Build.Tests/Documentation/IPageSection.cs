using Slipway.Deployment;

namespace Slipway.Build.Tests.Documentation;

/// <summary>A section of docs/troubleshooting.md whose examples are made by the program's own code.</summary>
public interface IPageSection
{
    /// <summary>The heading.</summary>
    string Title { get; }

    /// <summary>What the reader should know of all cases, in Markdown.</summary>
    string Introduction { get; }

    /// <summary>The cases, in the order of the page.</summary>
    Task<IReadOnlyList<PageCase>> CasesAsync();
}

/// <summary>Something that goes wrong, and what is shown then.</summary>
/// <param name="Key">The heading, unique in the page: lower case letters, digits and dashes.</param>
/// <param name="Explanation">What it means and what to do, in Markdown.</param>
/// <param name="Output">What the console shows, in the width of <see cref="ToldEnding.Width"/>.</param>
/// <param name="ExitCode">How the process ends.</param>
public sealed record PageCase(string Key, string Explanation, string Output, ExitCode ExitCode);
