namespace Cake.Frosting;

/// <summary>Another task runs before this one.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class IsDependentOnAttribute(Type task) : Attribute
{
    /// <summary>The type of the task that runs before.</summary>
    public Type Task { get; } = task ?? throw new ArgumentNullException(nameof(task));
}
