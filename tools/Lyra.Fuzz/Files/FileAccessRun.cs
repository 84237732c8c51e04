using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.Files;

/// <summary>
/// Accesses to one tree by one engine with random grants. After each access and at the end, the results and the tree are checked:
/// nothing outside of the granted folders was read, listed or changed, denied accesses are errors of the documented kinds, and granted ones
/// are not denied.
/// </summary>
internal sealed class FileAccessRun : IDisposable
{
    private const string Script = """
        import io
        proc readText(p, t) { return io.readText(p) }
        proc readLines(p, t) { return tostring(io.readLines(p)) }
        proc writeText(p, t) { io.writeText(p, t) }
        proc appendText(p, t) { io.appendText(p, t) }
        proc exists(p, t) { return io.exists(p) }
        proc listDir(p, t) { return tostring(io.listDir(p)) }
        proc makeDir(p, t) { io.makeDir(p) }
        proc remove(p, t) { return io.remove(p) }
        """;

    private static readonly string[] Reading = ["readText", "readLines", "exists", "listDir"];
    private static readonly string[] Writing = ["writeText", "appendText", "makeDir", "remove"];
    private static readonly LyraScript Compiled = LyraScript.Compile(Script);

    private readonly FuzzRandom _random;
    private readonly FolderTree _tree;
    private readonly LyraEngine _engine;
    private readonly LyraCapabilities _capabilities;
    private readonly string? _base;
    private readonly string _moduleRoot;
    private readonly string[] _read;
    private readonly string[] _write;

    public FileAccessRun(string root, FuzzRandom random)
    {
        _random = random;
        _tree = new FolderTree(root, random);
        _capabilities = random.Pick(
            LyraCapabilities.None,
            LyraCapabilities.ReadFiles,
            LyraCapabilities.WriteFiles,
            LyraCapabilities.ReadFiles | LyraCapabilities.WriteFiles,
            LyraCapabilities.ReadFiles | LyraCapabilities.WriteFiles);
        _base = random.Chance(15) ? null : AnyFolder();
        _read = [.. Enumerable.Range(0, random.Below(3)).Select(_ => AnyFolder())];
        _write = [.. Enumerable.Range(0, random.Below(3)).Select(_ => AnyFolder())];
        _moduleRoot = AnyFolder();
        _engine = new LyraEngine(new LyraOptions
        {
            Jit = JitMode.Off,
            Limits = new LyraLimits { MaxSteps = 1_000_000, MaxMemoryBytes = 64 << 20 },
            Output = TextWriter.Null,
            Capabilities = _capabilities,
            BaseFolder = _base,
            ReadFolders = _read,
            WriteFolders = _write,
            ModuleLoader = new FileModuleLoader(_moduleRoot),
        });
    }

    /// <summary>Makes random accesses; returns the first failure, or null.</summary>
    /// <param name="accesses">Receives the number of accesses, and how many were allowed.</param>
    public string? Execute(Action<bool> accesses)
    {
        _engine.Run(Compiled);
        Dictionary<string, string> before = _tree.Snapshot();
        for (int i = _random.Between(5, 25); i > 0; i--)
        {
            // The granted folders are resolved before, because an access may remove them.
            string[] writable = _capabilities.HasFlag(LyraCapabilities.WriteFiles) ? RealFolders(_write) : [];
            string path = AnyPath();
            if ((_random.Chance(12) ? Import(path, accesses) : Access(path, accesses)) is { } failure)
            {
                return $"{failure}\n{Describe()}";
            }

            Dictionary<string, string> after = _tree.Snapshot();
            if (Changed(before, after).FirstOrDefault(entry => !writable.Any(folder => RealPathModel.IsBelow(entry, folder)))
                is { } changed)
            {
                return $"changed outside of the granted folders\n{changed} by an access to {path}\n{Describe()}";
            }

            before = after;
        }

        return null;
    }

    public void Dispose()
    {
        _engine.Dispose();
        _tree.Dispose();
    }

    private static IEnumerable<string> Changed(Dictionary<string, string> before, Dictionary<string, string> after) =>
        before.Keys.Union(after.Keys).Where(path => before.GetValueOrDefault(path) != after.GetValueOrDefault(path));

    private string? Access(string path, Action<bool> accesses)
    {
        bool isRead = _random.Chance(60);
        string proc = _random.PickFrom(isRead ? Reading : Writing);
        bool isGranted = _capabilities.HasFlag(isRead ? LyraCapabilities.ReadFiles : LyraCapabilities.WriteFiles);
        string[] folders = isGranted ? RealFolders(isRead ? _read : _write) : [];
        string? real = path.Length == 0 || path.Contains('\0') || (_base is null && !path.StartsWith('/')) ? null
            : RealPathModel.Of(path, _base ?? "/");
        bool isAllowed = real is not null && folders.Any(folder => RealPathModel.IsBelow(real, folder));
        string call = $"io.{proc} of '{path}', which is {real ?? "no file"}";
        accesses(isAllowed);
        try
        {
            LyraValue result = _engine.Call(proc, path, "written");
            return !isAllowed ? $"an access that is not granted succeeded\n{call}"
                : Leaked(result.ToString(), folders) is { } leak
                    ? $"the result shows something outside of the granted folders\n{leak}\n{call}"
                : null;
        }
        catch (LyraException e) when (e is not LyraLimitException)
        {
            bool isDenied = e.Message.Contains("lies outside", StringComparison.Ordinal);
            return e.Kind != "IOError" ? $"an access failed with the error {e.Kind}\n{e.Message}\n{call}"
                : isDenied && isAllowed ? $"an access that is granted was denied\n{e.Message}\n{call}"
                : Leaked(path.Length == 0 ? e.Message : e.Message.Replace(path, "it", StringComparison.Ordinal), folders) is { } leak
                    ? $"the error shows something outside of the granted folders\n{leak}\n{e.Message}\n{call}"
                : null;
        }
    }

    private string? Import(string path, Action<bool> accesses)
    {
        if (path.AsSpan().ContainsAny("\"\n\r\\\0"))
        {
            return null;
        }

        string? root = RealPathModel.Of(_moduleRoot, "/");
        string[] folders = root is null ? [] : [root];
        accesses(true);
        try
        {
            LyraValue result = _engine.Run($"import \"{path}\" as m\nm.token");
            return Leaked(result.ToString(), folders) is { } leak
                ? $"an import shows something outside of the root\n{leak}\nimport of '{path}'"
                : null;
        }
        catch (LyraException e) when (e is not LyraLimitException)
        {
            return e.Kind != "ImportError" ? $"an import failed with the error {e.Kind}\n{e.Message}\nimport of '{path}'" : null;
        }
        catch (LyraCompileException)
        {
            // The file is no script.
            return null;
        }
    }

    /// <summary>An entry outside of the folders whose content or name is part of a text; null if there is none.</summary>
    private string? Leaked(string text, string[] folders)
    {
        bool IsOutside(string path) => !folders.Any(folder => RealPathModel.IsBelow(path, folder));
        foreach ((string path, string content) in _tree.Files)
        {
            if (IsOutside(path) && text.Contains(content, StringComparison.Ordinal))
            {
                return path;
            }
        }

        // The entry of a granted folder may be listed by its parent's listing only.
        return _tree.Folders.Skip(1).Concat(_tree.Links).FirstOrDefault(path =>
            IsOutside(Path.GetDirectoryName(path)!) && IsOutside(path)
            && text.Contains($"\"{Path.GetFileName(path)}\"", StringComparison.Ordinal));
    }

    private string[] RealFolders(string[] folders) =>
        [.. (folders.Length > 0 ? folders : _base is null ? [] : [_base]).Select(folder => RealPathModel.Of(folder, "/")).OfType<string>()];

    /// <summary>
    /// A folder to grant: usually a folder of the tree, sometimes written oddly, a link, a file, or nothing that exists. It is never
    /// outside of the tree, because the accesses would change the machine's own files.
    /// </summary>
    private string AnyFolder()
    {
        string folder = _random.PickFrom(_tree.Folders);
        string candidate = Written(folder);
        return RealPathModel.Of(candidate, "/") is { } real && RealPathModel.IsBelow(real, _tree.Root) ? candidate : folder;
    }

    private string Written(string folder) => _random.Below(10) switch
    {
        0 => folder + "/",
        1 => Path.Combine(folder, "..", Path.GetFileName(folder)),
        2 when _tree.Links.Count > 0 => _random.PickFrom(_tree.Links),
        3 => _tree.AnyEntry(),
        4 => Path.Combine(folder, "missing"),
        _ => folder,
    };

    /// <summary>A path that a script may try: an entry of the tree, absolute or relative, sometimes with unusual parts.</summary>
    private string AnyPath()
    {
        string entry = _tree.AnyEntry();
        string path = _random.Below(4) switch
        {
            0 => entry,
            1 => Path.Combine("/proc/self/root", entry[1..]),
            _ => Path.GetRelativePath(_base ?? _tree.Root, entry),
        };
        for (int count = _random.Below(3); count > 0; count--)
        {
            path = Altered(path);
        }

        return path;
    }

    private string Altered(string path) => _random.Below(14) switch
    {
        0 => path + "/",
        1 => "./" + path,
        2 => path.Replace("/", "//", StringComparison.Ordinal),
        3 => Path.Combine(path, "..", Path.GetFileName(path)),
        4 => Path.Combine(path, $"new{_random.Below(3)}"),
        5 => Path.Combine(path, "..", Path.GetFileName(_tree.AnyEntry())),
        6 => string.Concat(Enumerable.Repeat("../", _random.Between(1, 30))) + path.TrimStart('/'),
        7 => $"missing/../{path}",
        8 when _tree.Links.Count > 0 => Path.Combine(_random.PickFrom(_tree.Links), Path.GetFileName(path)),
        9 when _tree.Links.Count > 0 => Path.Combine(_random.PickFrom(_tree.Links), "..", Path.GetFileName(path)),
        10 => _random.Pick(string.Empty, "\0", path + "\0", new string('x', 300), "\uD800", path + "\uD800", "~/x", "/", ".."),
        11 => string.Concat(Enumerable.Repeat("x/../", 900)) + path,
        12 => _random.Pick("/dev/zero", "/dev/stdin", "/proc/self/environ", "/proc/self/cwd", "/etc/passwd", "/proc/self/fd/0"),
        _ => path,
    };

    private string Describe() =>
        $"capabilities {_capabilities}, base {_base ?? "none"}\nread: {string.Join(", ", _read)}\nwrite: {string.Join(", ", _write)}\n"
            + string.Join('\n', _tree.Snapshot().Select(entry => $"{entry.Key}: {entry.Value.TrimEnd()}"));
}
