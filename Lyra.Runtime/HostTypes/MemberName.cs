using System;

namespace Lyra.Runtime.HostTypes;

/// <summary>The names that members and types of the host have in scripts.</summary>
internal static class MemberName
{
    /// <exception cref="ArgumentException">The text is not an identifier of the language.</exception>
    public static void Check(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        bool isName = name.Length > 0 && !char.IsAsciiDigit(name[0]);
        foreach (char unit in name)
        {
            isName &= char.IsLetterOrDigit(unit) || unit == '_';
        }

        if (!isName)
        {
            throw new ArgumentException(
                $"'{name}' can't be a name in scripts: a name is a letter or _, then letters, digits and _.", nameof(name));
        }
    }

    /// <summary>The name that a .NET type has in scripts if nothing names it.</summary>
    public static string OfType(Type type) => type.Name.Split('`')[0];
}
