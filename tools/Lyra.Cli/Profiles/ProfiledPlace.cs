using System;

namespace Lyra.Cli.Profiles;

/// <summary>Places in the cells of a profile's tables.</summary>
internal static class ProfiledPlace
{
    private const string Library = "(library)";
    private const string Left = "…/";

    /// <summary>The longest file name that is shown in full: longer ones would be broken in a terminal with 110 columns.</summary>
    private const int Longest = 30;

    /// <summary>A line, or that of a proc of the library, which has none.</summary>
    public static string Of(string file, int line) => line == 0 ? Library : $"{Short(file)}:{line}";

    /// <summary>A proc with its place.</summary>
    public static string OfProc(string name, string file, int line) =>
        line == 0 ? $"{name} {Library}" : $"{name} at {Of(file, line)}";

    /// <summary>The end of a long path: as many folders as have room, but at least the name of the file.</summary>
    private static string Short(string file)
    {
        if (file.Length <= Longest)
        {
            return file;
        }

        int from = file.Length - Longest + Left.Length;
        int folder = file.IndexOfAny(['/', '\\'], from);
        int start = 1 + (folder < 0 ? file.LastIndexOfAny(['/', '\\']) : folder);
        return start == 0 ? file : Left + file[start..];
    }
}
