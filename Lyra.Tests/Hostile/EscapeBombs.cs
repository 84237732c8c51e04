using System.Collections.Generic;
using System.IO;
using System.Linq;
using Lyra.Tests.Harness;

namespace Lyra.Tests.Hostile;

/// <summary>
/// Attempts to access files outside the folder that a script may use: dots, links, absolute paths, devices and invalid names, in every proc
/// that takes a path and in imports. None may be opened, and each must end with a denial.
/// </summary>
internal static class EscapeBombs
{
    private static readonly string[] Paths =
    [
        "/etc/passwd", "../../../../../../../../etc/passwd", "./.././../../../../../../etc/passwd", "sub/../../outside.txt", "sub/../..",
        "..", "../", "/", "//etc/passwd", "link.txt", "chain.txt",
        "linked/passwd", "up/etc/passwd", "sub/../linked/../linked/passwd", "round", "round/x", "/dev/zero", "/dev/random", "/dev/stdin",
        "/dev/fd/0", "/proc/self/mem", "/proc/self/environ", "/proc/self/cwd/../..",
        "/proc/self/root/etc/passwd", "zero", "memory",
    ];

    // Names that stay inside the folder. No such file exists, so the operating system may report the error. They must not be taken for
    // other names.
    private static readonly string[] NoNames =
        ["", "a\\0b", "\\0", "file:///etc/passwd", "~/x", "%2e%2e/x", "..\\\\..\\\\x", "....//x", "CON", "a\\nb", "\\u{202E}x", "\\u{D800}",
            "$HOME/x", "`id`", "*", "x|y"];

    public static IEnumerable<HostileProgram> All() =>
        [.. Reading(), .. Writing(), .. Importing(), .. Granted(), .. Irregular(), .. LongPaths(), .. Others()];

    private static void Prepare(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "sub"));
        Link(folder, "link.txt", "/etc/passwd");
        Link(folder, "chain.txt", "link.txt");
        Link(folder, "linked", "/etc");
        Link(folder, "up", "/");
        Link(folder, "round", "round");
        Link(folder, "zero", "/dev/zero");
        Link(folder, "memory", "/proc/self/mem");
        Link(folder, "module.lyra", "/etc/passwd");
        Link(folder, "zero.lyra", "/dev/zero");
    }

    private static void Link(string folder, string name, string target) => File.CreateSymbolicLink(Path.Combine(folder, name), target);

    private static string List(IEnumerable<string> names) => "[" + string.Join(", ", names.Select(name => $"\"{name}\"")) + "]";

    private static HostileProgram Program(string name, string source, string output, params string[] options) =>
        new(name, source) { Output = output, Prepare = Prepare, Options = options };

    private static IEnumerable<HostileProgram> Reading()
    {
        foreach (string call in new[] { "io.readText(p)", "io.readLines(p)", "io.exists(p)", "io.listDir(p)" })
        {
            string source = $"import io\nfor p in {List(Paths)} {{ try {{ {call}\nprint(\"opened\", p) }} catch e {{ if e.kind != "
                + $"\"IOError\" or not (\"denied\" in e.message) {{ print(p, e) }} }} }}\n"
                + $"for p in {List(NoNames)} + [\"x\" * 300, \"x/\" * 100000, \"x\" * 1000000] {{ try {{ if {call} {{ print(\"opened\", "
                + $"p) }} }} catch e {{ if e.kind != \"IOError\" {{ print(p, e.kind) }} }} }}\nprint(\"done\")";
            yield return Program($"{call} outside", source, "done\n");
        }
    }

    private static IEnumerable<HostileProgram> Writing()
    {
        foreach (string call in new[] { "io.writeText(p, \"x\")", "io.appendText(p, \"x\")", "io.makeDir(p)", "io.remove(p)" })
        {
            string denied = $"import io\nfor p in {List(Paths)} {{ try {{ {call}\nprint(\"changed\", p) }} catch e {{ if e.kind != "
                + $"\"IOError\" or not (\"denied\" in e.message) {{ print(p, e) }} }} }}\nprint(\"done\")";
            yield return Program($"{call} outside, granted the folder", denied, "done\n", "--allow", "write=.");
            yield return Program($"{call} without a grant", denied, "done\n");
        }
    }

    private static IEnumerable<HostileProgram> Importing()
    {
        foreach (string path in new[] { "module", "linked/passwd", "up/etc/passwd", "zero", "/dev/zero", "/proc/self/environ",
            "sub/../../x", "linked/../module" })
        {
            yield return HostileProgram.Failing($"import of {path}", $"import \"{path}\" as m\nprint(m)",
                "ImportError") with
            { Prepare = Prepare };
        }
    }

    // The host has granted access to dangerous files: no read may be endless or fill the memory.
    private static IEnumerable<HostileProgram> Granted()
    {
        yield return HostileProgram.Failing("the memory of the process", "import io\nprint(length(io.readText(\"/proc/self/mem\")))",
            "IOError", "LimitExceeded") with
        { Options = ["--allow", "read=/proc"] };
        yield return HostileProgram.Failing("writing to a full device", "import io\nio.writeText(\"/dev/full\", \"x\")",
            "IOError") with
        { Options = ["--allow", "write=/dev"] };
        yield return HostileProgram.Failing("a file longer than the memory", "import io\nprint(length(io.readText(\"sparse\")))",
            "LimitExceeded") with
        { Prepare = folder => MakeSparse(folder, "sparse") };
        yield return HostileProgram.Failing("a module longer than the memory", "import \"sparse\" as s\nprint(s)", "ImportError",
            "LimitExceeded") with
        { Prepare = folder => MakeSparse(folder, "sparse.lyra") };
    }

    // Pipes and devices: opening one would wait forever or have effects. The process must neither wait nor read.
    private static IEnumerable<HostileProgram> Irregular()
    {
        const string Paths =
            "\"pipe\", \"to-pipe\", \"sub/../pipe\", \"/dev/zero\", \"/dev/tty\", \"/dev/stdin\", \"/dev/full\", \"/dev/null\"";
        foreach (string call in new[] { "io.readText(p)", "io.readLines(p)", "io.writeText(p, \"x\")", "io.appendText(p, \"x\")" })
        {
            string source = $"import io\nfor p in [{Paths}] {{ try {{ {call}\nprint(\"opened\", p) }} "
                + "catch e { if e.kind != \"IOError\" { print(p, e) } } }\nprint(\"done\")";
            yield return new HostileProgram($"{call} of pipes and devices", source)
            {
                Output = "done\n",
                Prepare = MakePipes,
                Options = ["--allow", "read=.,read=/dev,write=.,write=/dev", "--timeout", "20000"],
            };
        }

        foreach (string path in new[] { "pipe", "to-pipe" })
        {
            yield return HostileProgram.Failing($"import of {path}, a pipe", $"import \"{path}\" as m\nprint(m)", "ImportError") with
            { Prepare = MakePipes };
        }
    }

    private static void MakePipes(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "sub"));
        NamedPipe.Create(Path.Combine(folder, "pipe"));
        NamedPipe.Create(Path.Combine(folder, "pipe.lyra"));
        Link(folder, "to-pipe", "pipe");
        Link(folder, "to-pipe.lyra", "pipe.lyra");
    }

    // Resolving a path must take time in proportion to its length, and the clock must be checked.
    private static IEnumerable<HostileProgram> LongPaths()
    {
        foreach (string part in new[] { "x/", "./", "sub/../", "//", "sub/" })
        {
            yield return HostileProgram.Failing($"paths of a million times {part}",
                $"import io\nlet p = \"{part}\" * 1000000\nwhile true {{ try {{ io.exists(p) }} catch e {{ }} }}", "LimitExceeded") with
            { Prepare = Prepare, Options = ["--timeout", "500"] };
        }

        yield return HostileProgram.Failing("paths of a thousand links",
            "import io\nlet p = \"here/\" * 35 + \"sub/../\" * 500\nwhile true { try { io.exists(p) } catch e { } }", "LimitExceeded") with
        {
            Prepare = folder =>
            {
                Prepare(folder);
                Link(folder, "here", ".");
            },
            Options = ["--timeout", "500"],
        };
        yield return HostileProgram.Failing("deep folders", """
            import io
            let p = "d/" * 1500 + "file"
            io.makeDir("d/" * 1500)
            while true { try { io.readText(p) } catch e { } }
            """, "LimitExceeded") with
        { Options = ["--timeout", "500", "--allow", "read=.,write=."] };
    }

    private static void MakeSparse(string folder, string name)
    {
        using FileStream file = File.Create(Path.Combine(folder, name));
        file.SetLength(4L << 30);
    }

    private static IEnumerable<HostileProgram> Others()
    {
        yield return HostileProgram.Failing("the environment", "import os\nprint(os.env(\"PATH\"))", "IOError");
        yield return HostileProgram.Failing("the whole environment", "import os\nprint(os.env())", "IOError");
        yield return new HostileProgram("a module of the library changed",
            "import math\ntry { math.pi = 3 } catch e { print(e.kind != nil) }\nprint(math.pi > 3.1)")
        { Codes = [0, 2] };
        yield return new HostileProgram("what a value is made of", """
            import math
            proc g() { yield 1 }
            async proc a() { }
            struct S { n }
            var found = 0
            let names = [(x => x.GetType), (x => x.getType), (x => x.__class__), (x => x.constructor), (x => x.prototype), (x => x.__proto__), (x => x.Method), (x => x.Target), (x => x.Handler),
                (x => x.Invoke), (x => x.DynamicInvoke), (x => x.Assembly), (x => x.StackTrace), (x => x.InnerException), (x => x.HostException), (x => x.ToString), (x => x.GetHashCode), (x => x.Equals), (x => x.Ref), (x => x.Items)]
            for round in 0..20 {
                for v in [true, 1, 2 ** 70, 1.5, "s", [1], {"a": 1}, set([1]), (1,), 0..3, bytes(1), print, x => x, S, S(1), error("e"), g(), a(), chan(1), math, "s".trim, [1].map, S(1).n] {
                    for f in names { try { f(v)
                        found += 1 } catch e { if e.kind != "FieldError" and e.kind != "TypeError" { print(e) } } }
                }
            }
            print(found)
            """) { Output = "0\n", IsHot = true };
    }
}
