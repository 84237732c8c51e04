using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.Files;

/// <summary>
/// A random tree of folders, files, symbolic links, a pipe and a socket below a scratch folder. Every entry has a name that no other entry
/// has, and every file contains a text that no other file contains, so a result that contains one shows what was touched.
/// </summary>
internal sealed class FolderTree : IDisposable
{
    private static readonly string[] Names =
    [
        "a", "b", ".hidden", "...", "with space", "quo'te", "dou\"ble", "back\\slash", "new\nline", "ünï", "e\u0301", "%2e%2e", "~", "con",
        "-rf", "$HOME", "*", "tab\t", "\u202Ertl", "A", "😀", "a.lyra", "dots..", "..dots",
    ];

    private readonly FuzzRandom _random;
    private readonly Socket? _socket;
    private int _names;

    /// <param name="root">The folder for the tree, which must not exist. Its path must have no links.</param>
    /// <param name="random">Makes all choices.</param>
    public FolderTree(string root, FuzzRandom random)
    {
        Root = root;
        _random = random;
        Folders.Add(Directory.CreateDirectory(root).FullName);
        Repeat(random.Between(3, 9), () => Folders.Add(Directory.CreateDirectory(NewPath()).FullName));
        Repeat(random.Between(3, 9), AddFile);
        if (random.Chance(30))
        {
            string path = Path.Combine(random.PickFrom(Folders), $"p{_names++}");
            using Process? process = Process.Start("mkfifo", [path]);
            process!.WaitForExit();
            Irregular.Add(path);
        }

        if (random.Chance(30))
        {
            string path = Path.Combine(root, $"s{_names++}");
            _socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            _socket.Bind(new UnixDomainSocketEndPoint(path));
            Irregular.Add(path);
        }

        Repeat(random.Between(2, 9), AddLink);
    }

    public string Root { get; }

    public List<string> Folders { get; } = [];

    /// <summary>The paths of files, and the texts that they contain.</summary>
    public Dictionary<string, string> Files { get; } = [];

    public List<string> Links { get; } = [];

    /// <summary>The pipe and the socket.</summary>
    public List<string> Irregular { get; } = [];

    /// <summary>The path of any entry.</summary>
    public string AnyEntry() => _random.Below(6) switch
    {
        0 or 1 => _random.PickFrom(Folders),
        2 when Links.Count > 0 => _random.PickFrom(Links),
        3 when Links.Count > 0 => _random.PickFrom(Links),
        4 when Irregular.Count > 0 => _random.PickFrom(Irregular),
        _ => _random.PickFrom([.. Files.Keys]),
    };

    /// <summary>The path of every entry and what it is, found without following links.</summary>
    public Dictionary<string, string> Snapshot()
    {
        Dictionary<string, string> found = [];
        Stack<string> pending = new([Root]);
        while (pending.TryPop(out string? folder))
        {
            foreach (string entry in Directory.GetFileSystemEntries(folder))
            {
                FileInfo info = new(entry);
                if (info.LinkTarget is { } target)
                {
                    found.Add(entry, $"link to {target}");
                }
                else if (info.Attributes.HasFlag(FileAttributes.Directory))
                {
                    found.Add(entry, "folder");
                    pending.Push(entry);
                }
                else
                {
                    // Reading a pipe would wait.
                    found.Add(entry, Irregular.Contains(entry) ? "irregular" : File.ReadAllText(entry));
                }
            }
        }

        return found;
    }

    public void Dispose()
    {
        _socket?.Dispose();
        Directory.Delete(Root, recursive: true);
    }

    private static void Repeat(int count, Action action)
    {
        for (int i = 0; i < count; i++)
        {
            action();
        }
    }

    private void AddFile()
    {
        string path = NewPath(_random.Chance(25) ? ".lyra" : string.Empty);
        string text = $"content{_names++}end";
        File.WriteAllText(path, $"pub let token = \"{text}\"\n");
        Files.Add(path, text);
    }

    private void AddLink()
    {
        string path = NewPath(_random.Chance(15) ? ".lyra" : string.Empty);
        string entry = AnyEntry();
        string target = _random.Below(9) switch
        {
            0 or 1 or 2 => entry,
            3 or 4 => Path.GetRelativePath(Path.GetDirectoryName(path)!, entry),
            5 => string.Join('/', "..", "..", Path.GetFileName(entry)),
            6 => _random.Pick("/", "/proc/self/root", "/proc/self/fd", "/dev/zero", "/dev/fd/0", "/etc"),
            7 => _random.Pick("missing", "/missing/x", path, ".", "..", "../..", "a/../../b"),
            _ => Path.Combine(entry, "..", "x"),
        };
        File.CreateSymbolicLink(path, target);
        Links.Add(path);
    }

    /// <summary>A path in a random folder. Sometimes the name begins as another folder's, or is long.</summary>
    private string NewPath(string extension = "")
    {
        string name = _random.Below(12) switch
        {
            0 => new string('n', 200),
            1 or 2 => Path.GetFileName(_random.PickFrom(Folders)),
            _ => _random.PickFrom(Names),
        };
        string folder = _random.PickFrom(Folders);

        // Longer paths than this can't be opened, so they would protect themselves.
        return Path.Combine(folder.Length > 2_000 ? Root : folder, $"{name[..Math.Min(name.Length, 220)]}_{_names++}{extension}");
    }
}
