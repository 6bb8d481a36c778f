namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>The names that ECS takes for families and containers.</summary>
internal static class Names
{
    public const string Allowed = "a string of 1 to 255 letters, digits, '-' and '_'";

    /// <summary>The same as <see cref="IsValid"/>, for a JSON Schema.</summary>
    public const string Pattern = "^[a-zA-Z0-9_-]{1,255}$";

    public static bool IsValid(string? text) => text is { Length: > 0 and <= 255 } && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
