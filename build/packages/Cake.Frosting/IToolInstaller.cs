using Cake.Core.Packaging;

namespace Cake.Frosting;

/// <summary>Installs tools.</summary>
public interface IToolInstaller
{
    /// <summary>Installs a tool and makes its files known to the tool locator.</summary>
    void Install(PackageReference tool);
}
