using Cake.Core.Packaging;

namespace Cake.Frosting.Internal;

/// <summary>Installs tools with the engine's installer, and names the tool where that fails.</summary>
internal sealed class ToolInstaller(Core.Tooling.IToolInstaller engine) : IToolInstaller
{
    public void Install(PackageReference tool)
    {
        try
        {
            engine.Install(tool);
        }
        catch (Exception exception)
        {
            throw new FrostingException($"Failed to install tool '{tool.Package}': {exception.Message}", exception);
        }
    }
}
