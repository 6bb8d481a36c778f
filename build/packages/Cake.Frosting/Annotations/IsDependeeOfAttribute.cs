namespace Cake.Frosting;

/// <summary>This task runs before another one.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class IsDependeeOfAttribute(Type task) : Attribute
{
    /// <summary>The type of the task that runs after.</summary>
    public Type Task { get; } = task ?? throw new ArgumentNullException(nameof(task));
}
