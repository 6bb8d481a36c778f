using Cake.Core.Packaging;

namespace Cake.Frosting.Internal;

/// <summary>Installs tools with the engine's installer, and names the tool where that fails.</summary>
internal sealed class ToolInstaller(Core.Tooling.IToolInstaller engine) : IToolInstaller
{
    public void Install(PackageReference tool)
    {
        try
        {
            // The engine installs while its answer is read.
            _ = engine.Install(tool).ToArray();
        }
        catch (Exception exception)
        {
            throw new FrostingException($"Cannot use tool '{tool.Package}': {exception.Message}", exception);
        }
    }
}
