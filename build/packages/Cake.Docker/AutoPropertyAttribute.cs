namespace Cake.Docker;

/// <summary>Says how a property of the settings becomes an argument, where the ordinary way does not fit.</summary>
[AttributeUsage(AttributeTargets.Property)]
#pragma warning disable CA1813 // Upstream's attribute is open for inheritance.
public class AutoPropertyAttribute : Attribute
#pragma warning restore CA1813
{
    /// <summary>The format of the argument: {0} is the option's name, {1} its value.</summary>
    public string? Format { get; set; }
}
