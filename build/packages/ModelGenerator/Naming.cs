using System.Text;

namespace Slipway.ModelGenerator;

/// <summary>How upstream's generator names things.</summary>
internal static class Naming
{
    private static readonly char[] Separators = ['-', '/', '.', ' ', ':', '(', ')', ','];

    /// <summary>"clientToken" is ClientToken.</summary>
    public static string Upper(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary>The name that the JSON rules give a property; where it is not the model's, the property says so.</summary>
    public static string Wire(string property) => char.ToLowerInvariant(property[0]) + property[1..];

    /// <summary>"json-file" is JsonFile, "FARGATE_SPOT" stays.</summary>
    public static string Constant(string value)
    {
        var name = new StringBuilder();
        foreach (var part in value.Split(Separators, StringSplitOptions.RemoveEmptyEntries)) name.Append(Upper(part));
        return char.IsAsciiDigit(name[0]) ? name.Insert(0, '_').ToString() : name.ToString();
    }

    /// <summary>Every exception class ends so, whatever its code.</summary>
    public static string Exception(string shape) => shape.EndsWith("Exception", StringComparison.Ordinal) ? shape : shape + "Exception";
}
