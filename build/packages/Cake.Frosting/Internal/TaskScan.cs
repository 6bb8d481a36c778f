using System.Reflection;

namespace Cake.Frosting.Internal;

/// <summary>Finds the tasks of an assembly.</summary>
internal static class TaskScan
{
    public static IEnumerable<Type> FindTasks(Assembly assembly)
        => assembly.GetExportedTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }
                && type.IsAssignableTo(typeof(IFrostingTask)));
}
