namespace Cake.Docker;

/// <summary>Formats of arguments.</summary>
public static class Constants
{
    /// <summary>For a switch that Docker turns on by itself: it is written with its value.</summary>
    public const string BoolWithTrueDefaultFormat = "--{0}={1}";
}
