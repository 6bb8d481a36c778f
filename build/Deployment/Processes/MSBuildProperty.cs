namespace Slipway.Deployment.Processes;

/// <summary>A property on a command line of MSBuild.</summary>
public static class MSBuildProperty
{
    /// <summary>The argument that gives a property this value, whatever characters it has: a path may hold any of MSBuild's own.</summary>
    /// <param name="name">The property's name.</param>
    /// <param name="value">The value as it is meant.</param>
    public static string Argument(string name, string value) => $"-property:{name}={Escape(value)}";

    /// <summary>MSBuild's own escapes of what else would part a list, start a property or be a wildcard.</summary>
    /// <param name="value">The value as it is meant.</param>
    public static string Escape(string value) =>
        string.Concat(
            value.Select(c => c is '%' or ';' or ',' or '$' or '@' or '\'' or '(' or ')' or '*' or '?' ? $"%{(int)c:X2}" : c.ToString()));
}
