using System.Reflection;
using Cake.Core;

namespace Cake.Frosting.Internal;

/// <summary>What the class of a task says about it: attributes, context type and the members that it overrides.</summary>
internal sealed class TaskShape(Type type)
{
    private readonly Type taskBase = FindTaskBase(type)
        ?? throw new FrostingException($"The task '{GetName(type)}' must derive from FrostingTask or AsyncFrostingTask.");

    public string Name => GetName(type);

    public string? Description => type.GetCustomAttribute<TaskDescriptionAttribute>()?.Description;

    /// <summary>The context that the direct base class asks for; behind a base class of the build's own it is any.</summary>
    public Type ContextType
        => type.BaseType is { } direct && direct == taskBase ? taskBase.GenericTypeArguments[0] : typeof(ICakeContext);

    public bool ContinuesOnError => type.IsDefined(typeof(ContinueOnErrorAttribute));

    public IEnumerable<Type> Dependencies => type.GetCustomAttributes<IsDependentOnAttribute>().Select(attribute => attribute.Task);

    public IEnumerable<Type> Dependees => type.GetCustomAttributes<IsDependeeOfAttribute>().Select(attribute => attribute.Task);

    public bool HasWork => Overrides(nameof(FrostingTask.Run)) || Overrides(nameof(AsyncFrostingTask.RunAsync));

    public bool Overrides(string member)
        => type.GetMethods(BindingFlags.Public | BindingFlags.Instance)
            .Any(method => method.Name == member
                && method.DeclaringType != taskBase
                && method.GetBaseDefinition().DeclaringType == taskBase);

    public static string GetName(Type type) => type.GetCustomAttribute<TaskNameAttribute>()?.Name ?? type.Name;

    private static Type? FindTaskBase(Type? type)
    {
        while (type is not null && !IsTaskBase(type))
        {
            type = type.BaseType;
        }

        return type;
    }

    private static bool IsTaskBase(Type type)
        => type.IsConstructedGenericType
            && type.GetGenericTypeDefinition() is var definition
            && (definition == typeof(FrostingTask<>) || definition == typeof(AsyncFrostingTask<>));
}
