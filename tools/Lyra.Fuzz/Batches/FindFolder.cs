using System.IO;

namespace Lyra.Fuzz.Batches;

/// <summary>The folder for reports, with one subfolder for each seed.</summary>
/// <param name="root">The parent of all report folders.</param>
internal sealed class FindFolder(string root)
{
    public string Root { get; } = root;

    /// <summary>Writes a file of a find.</summary>
    /// <returns>The find's folder.</returns>
    public string Write(string find, string file, string text)
    {
        string folder = Path.Combine(Root, find);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, file), text);
        return folder;
    }

    /// <inheritdoc cref="Write(string, string, string)"/>
    public string Write(string find, string file, byte[] data)
    {
        string folder = Path.Combine(Root, find);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, file), data);
        return folder;
    }
}
