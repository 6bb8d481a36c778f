namespace Slipway.Deployment.Bootstrapping;

/// <summary>Commands for a POSIX shell. Pure.</summary>
internal static class ShellText
{
    private const string Harmless = "-_./:=,@%+";

    /// <summary>One line that a shell reads as these arguments.</summary>
    public static string Command(params IEnumerable<string> arguments) => string.Join(' ', arguments.Select(Quote));

    /// <summary>The argument, in single quotes where a shell would read anything else out of it.</summary>
    public static string Quote(string argument) =>
        argument.Length > 0 && argument.All(letter => char.IsAsciiLetterOrDigit(letter) || Harmless.Contains(letter, StringComparison.Ordinal))
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
