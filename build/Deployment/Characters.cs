namespace Slipway.Deployment;

/// <summary>Looks at the characters of short texts in a plain loop: vectorised searches are compiled when they are first used, which costs more than they save.</summary>
internal static class Characters
{
    /// <summary>Whether every character is allowed; true for none.</summary>
    public static bool AreAll(ReadOnlySpan<char> text, Func<char, bool> allowed)
    {
        foreach (var character in text)
        {
            if (!allowed(character)) return false;
        }

        return true;
    }
}
