using Slipway.Deployment.TaskDefinitions.Model;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>What the model asks for, in words.</summary>
internal static class ShapeWords
{
    public static string Of(ShapeKind kind) => kind switch
    {
        ShapeKind.Structure => "an object",
        ShapeKind.Map => "an object of strings",
        ShapeKind.List => "an array",
        ShapeKind.Boolean => "true or false",
        ShapeKind.Integer => FormattableString.Invariant($"a whole number from {int.MinValue} to {int.MaxValue}"),
        ShapeKind.Long => "a whole number",
        _ => "a string",
    };

    public static string Between(int least, int most) => most == int.MaxValue
        ? FormattableString.Invariant($"a number from {least} on")
        : FormattableString.Invariant($"a number from {least} to {most}");
}
