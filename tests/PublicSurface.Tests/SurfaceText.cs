using System.Reflection;

namespace PublicSurface.Tests;

/// <summary>Writes the public surface of an assembly as text: a line for a type, an indented line for a member.</summary>
internal static class SurfaceText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IReadOnlyList<string> Of(Assembly assembly)
        => [.. assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal).SelectMany(Describe)];

    private static IEnumerable<string> Describe(Type type)
    {
        yield return $"{KindOf(type)} {type.Namespace}.{TypeName.Of(type)}";
        var members = type.GetMembers(Declared)
            .Select(member => Describe(type, member))
            .OfType<string>()
            .Order(StringComparer.Ordinal);
        foreach (var member in members)
        {
            yield return $"    {TypeName.Of(type)}.{member}";
        }
    }

    private static string KindOf(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        _ => "class",
    };

    private static string? Describe(Type type, MemberInfo member) => member switch
    {
        ConstructorInfo { IsStatic: false } constructor when IsVisible(constructor) => $"new({Parameters(constructor)})",
        MethodInfo { IsSpecialName: false } method when IsVisible(method) && !IsCompilersOwn(method)
            => $"{Modifiers(method)}{method.Name}{TypeName.Parameters(method)}({Parameters(method)}) : {TypeName.Of(method.ReturnType)}",
        MethodInfo { IsSpecialName: true } method when IsVisible(method) && method.Name.StartsWith("op_", StringComparison.Ordinal)
            => $"{method.Name}({Parameters(method)}) : {TypeName.Of(method.ReturnType)}",
        PropertyInfo property when property.GetAccessors(nonPublic: true).Where(IsVisible).ToArray() is { Length: > 0 } accessors
            => $"{property.Name} {{{Accessor(accessors, property.GetMethod, " get;")}{Accessor(accessors, property.SetMethod, " set;")} }} : "
                + TypeName.Of(property.PropertyType),
        FieldInfo { IsSpecialName: false } field when field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly
            => type.IsEnum ? field.Name : $"{(field.IsLiteral ? "const " : "")}{field.Name} : {TypeName.Of(field.FieldType)}",
        EventInfo { AddMethod: { } add } @event when IsVisible(add) => $"event {@event.Name} : {TypeName.Of(@event.EventHandlerType!)}",
        _ => null,
    };

    private static string Accessor(MethodInfo[] visible, MethodInfo? accessor, string text) => visible.Contains(accessor) ? text : "";

    private static string Modifiers(MethodInfo method) => method switch
    {
        { IsStatic: true } => "static ",
        { IsAbstract: true } when method.DeclaringType is { IsInterface: false } => "abstract ",
        { IsVirtual: true, IsFinal: false } when method.DeclaringType is { IsInterface: false } && method.GetBaseDefinition() == method
            => "virtual ",
        _ => "",
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // What the compiler adds to a class by itself, and what every object has.
    private static bool IsCompilersOwn(MethodInfo method)
        => method.Name.Contains('<', StringComparison.Ordinal) || method.GetBaseDefinition().DeclaringType == typeof(object);

    private static string Parameters(MethodBase method)
        => string.Join(", ", method.GetParameters().Select(parameter => TypeName.Of(parameter.ParameterType) + (parameter.IsOptional ? " = default" : "")));
}
