using System.Reflection;

namespace StreamMlService.Identity;

/// <summary>The version that the build gave this assembly.</summary>
internal sealed record ServiceVersion(string Value)
{
    public static ServiceVersion Current { get; } = new(
        typeof(ServiceVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown");
}
