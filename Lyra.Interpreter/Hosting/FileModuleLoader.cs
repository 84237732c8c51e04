using System;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Text;
using Lyra.Runtime.Library.Modules;

namespace Lyra;

/// <summary>
/// Loads modules from files with the extension <c>.lyra</c> below a root folder. Paths are relative to the importing file when it is below
/// the root, else to the root. The loader never reads a file outside of the root, wherever <c>..</c>, absolute paths or symbolic links
/// point. Thread-safe.
/// </summary>
public sealed class FileModuleLoader : IModuleLoader
{
    private const string Extension = ".lyra";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _givenRoot;
    private readonly string _root;
    private string? _realRoot;

    /// <summary>
    /// Creates a loader of the files below a folder. The names of the modules are paths that begin with <paramref name="root"/> as given.
    /// </summary>
    /// <param name="root">The folder. A relative path is resolved now.</param>
    public FileModuleLoader(string root)
    {
        ArgumentNullException.ThrowIfNull(root);
        _givenRoot = root;
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root.Length == 0 ? "." : root));
    }

    /// <inheritdoc/>
    /// <exception cref="UnauthorizedAccessException">
    /// The path leads out of the root, whether or not a file is there, or its links have no end.
    /// </exception>
    public string? Resolve(string path, string importer)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(importer);
        if (path.Length == 0 || RealPath.IsTooLong(path) || path.Contains('\0') || importer.Contains('\0'))
        {
            return null;
        }

        string full = Path.GetFullPath(WithExtension(path), FolderOf(importer));
        if (!IsBelow(full, _root))
        {
            throw Outside(path);
        }

        // Where the path leads is checked first, so that the error does not tell whether there is a file outside of the root.
        _realRoot ??= RealPathOf(_root);
        if (!TryFollow(full, out string? real) || !IsBelow(real, _realRoot))
        {
            throw Outside(path);
        }

#pragma warning disable RS0030 // The lines above have checked that the path is below the root.
        return !File.Exists(full) ? null : Path.Combine(_givenRoot, Path.GetRelativePath(_root, full));
#pragma warning restore RS0030
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The file can't be read, is not UTF-8, or is a pipe, a device or a socket.</exception>
    public string Load(string name)
    {
        ReadOnlySpan<byte> text = ReadBytes(name);
        if (text.StartsWith(Encoding.UTF8.Preamble))
        {
            text = text[Encoding.UTF8.Preamble.Length..];
        }

        try
        {
            return StrictUtf8.GetString(text);
        }
        catch (DecoderFallbackException e)
        {
            throw new IOException($"{name} is not UTF-8 text", e);
        }
    }

    /// <summary>The bytes of a module's file; 0 if it does not exist.</summary>
    internal static long LengthOf(string name)
    {
#pragma warning disable RS0030 // Resolve has checked the name.
        FileInfo file = new(name);
        return file.Exists ? file.Length : 0;
#pragma warning restore RS0030
    }

    private static byte[] ReadBytes(string name)
    {
        try
        {
            using FileStream stream = RegularFile.OpenRead(name);
            if (stream.Length > Array.MaxLength)
            {
                throw new IOException($"{name} is longer than a module can be");
            }

            byte[] bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (IrregularFileException e)
        {
            throw new IOException($"{name} {e.Message}", e);
        }
    }

    private static string WithExtension(string path) => path.EndsWith(Extension, StringComparison.Ordinal) ? path : path + Extension;

    private static UnauthorizedAccessException Outside(string path) =>
        new($"'{path}' is outside the folder that modules may be loaded from");

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal)
        && (folder.EndsWith(Path.DirectorySeparatorChar)
            || (path.Length > folder.Length && path[folder.Length] == Path.DirectorySeparatorChar));

    private string FolderOf(string importer)
    {
        if (importer.Length == 0)
        {
            return _root;
        }

        string full = Path.GetFullPath(importer);
        return IsBelow(full, _root) ? Path.GetDirectoryName(full)! : _root;
    }

    private static bool TryFollow(string path, [NotNullWhen(true)] out string? real)
    {
        try
        {
            real = RealPath.Of(path);
            return true;
        }
        catch (IOException)
        {
            // The links that form a cycle may be outside of the root.
            real = null;
            return false;
        }
    }

    /// <exception cref="IOException">Its symbolic links can't be followed.</exception>
    private static string RealPathOf(string path)
    {
        try
        {
            return RealPath.Of(path);
        }
        catch (IOException e)
        {
            throw new IOException($"{path} can't be resolved; {e.Message}", e);
        }
    }
}
