namespace Cake.Frosting;

/// <summary>The name of a task; without it, the name of its class.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TaskNameAttribute(string name) : Attribute
{
    /// <summary>The name by which the command line calls the task.</summary>
    public string Name { get; } = name;
}
