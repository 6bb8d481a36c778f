using System.Globalization;
using System.Reflection;
using System.Text;
using Cake.Core;
using Cake.Core.IO;

namespace Cake.Docker;

/// <summary>Builds the arguments of a command from its settings.</summary>
internal static class SettingsArguments
{
    public static ProcessArgumentBuilder Build(string command, AutoToolSettings settings, IEnumerable<string> positional)
    {
        var builder = new ProcessArgumentBuilder();
        builder.Append(command);
        foreach (var property in OptionsOf(settings.GetType()))
        {
            AppendOption(builder, property, property.GetValue(settings), settings.SecretProperties.Contains(property.Name));
        }

        foreach (var argument in positional)
        {
            builder.Append(argument);
        }

        return builder;
    }

    // What ToolSettings itself declares (a timeout, a working directory) is about the process, not about Docker.
    private static IEnumerable<PropertyInfo> OptionsOf(Type settings)
        => settings.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.DeclaringType!.IsSubclassOf(typeof(AutoToolSettings)));

    private static void AppendOption(ProcessArgumentBuilder builder, PropertyInfo property, object? value, bool secret)
    {
        var option = ToOptionName(property.Name);
        if (value is not null && property.GetCustomAttribute<AutoPropertyAttribute>()?.Format is { } format)
        {
            builder.Append(string.Format(CultureInfo.InvariantCulture, format, option, value));
            return;
        }

        switch (value)
        {
            case true:
                builder.Append($"--{option}");
                break;
            case int or long or ulong:
                builder.Append(string.Create(CultureInfo.InvariantCulture, $"--{option} {value}"));
                break;
            case string text:
                AppendText(builder, option, text, secret);
                break;
            case string[] texts:
                foreach (var item in texts)
                {
                    AppendText(builder, option, item, secret);
                }

                break;
        }
    }

    private static void AppendText(ProcessArgumentBuilder builder, string option, string value, bool secret)
    {
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        builder.Append($"--{option}");
        if (secret)
        {
            builder.AppendQuotedSecret(value);
        }
        else
        {
            builder.AppendQuoted(value);
        }
    }

    private static string ToOptionName(string property)
    {
        var name = new StringBuilder();
        foreach (var character in property)
        {
            if (char.IsUpper(character) && name.Length > 0)
            {
                name.Append('-');
            }

            name.Append(char.ToLowerInvariant(character));
        }

        return name.ToString();
    }
}
