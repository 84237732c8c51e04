using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Command.Repl;

/// <summary><c>lyra repl</c> with piped input and output.</summary>
public sealed class ReplPipeTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("1 + 1\n", "2\n")]
    [InlineData("1 + 1", "2\n")]
    [InlineData("", "")]
    [InlineData("\n  \n\n", "")]
    [InlineData("nil\nvar x = 3\n", "")]
    [InlineData("var x = 3\nx\n\"a\\n\"\n[x, 2.0]\r\nprint(\"out\")\n", "3\n\"a\\n\"\n[3, 2.0]\nout\n")]
    [InlineData("proc f(n) {\n\n  return n * 2\n}\nf(\n  4\n)\n", "8\n")]
    [InlineData("\"\"\"a\n\nb\"\"\"\n", "\"a\\n\\nb\"\n")]
    [InlineData("await sleep(1)\nasync proc f() { await sleep(1); return 4 }\nvar t = spawn f()\nawait t\n", "4\n")]
    [InlineData("var s = input()\nthe line\ns\n", "\"the line\"\n")]
    public async Task Each_complete_input_is_run(string input, string expected)
    {
        CommandResult result = await Repl(input);
        result.Err.ShouldBeEmpty();
        result.Out.ShouldBe(expected);
        result.Code.ShouldBe(0);
    }

    [Fact]
    public async Task Errors_go_to_standard_error_and_do_not_end_the_session()
    {
        CommandResult result = await Repl("var x = 1\nproc f() { throw error(\"Mine\", \"m\") }\nf()\nx +* 2\nmissing\nx\nf(1,\n");
        result.Out.ShouldBe("1\n");
        result.Err.ShouldBe("""
            Mine: m
                proc f() { throw error("Mine", "m") }
                           ^
              in f (<input 2>:1:12)
              in <module> (<input 3>:1:1)
            <input 4>:1:4: error: Expected an expression, but found `*`.
                x +* 2
                   ^
            <input 5>:1:1: error: Undefined name `missing`; declare it before its use or check the spelling.
                missing
                ^
            <input 7>:1:2: error: This `(` is never closed; add `)`.
                f(1,
                 ^

            """.ReplaceLineEndings("\n"));
        result.Code.ShouldBe(0);
    }

    [Fact]
    public async Task Limits_hold_for_each_input()
    {
        CommandResult result = await Repl("while true { }\n1\nwhile true { }\n2\n", "--max-steps", "100000", "--jit", "off");
        result.Out.ShouldBe("1\n2\n");
        result.Err.Split('\n').Count(static line => line.StartsWith("LimitExceeded: ", StringComparison.Ordinal)).ShouldBe(2);

        // On a busy machine, the second input may need more time.
        foreach (string milliseconds in new[] { "50", "1000", "20000" })
        {
            result = await Repl("while true { }\n1\n", "--timeout", milliseconds);
            if (result.Out.Length > 0)
            {
                break;
            }
        }

        result.Out.ShouldBe("1\n");
        result.Err.ShouldStartWith("LimitExceeded: ");
        result = await Repl("proc f(n) { return f(n + 1) }\nf(0)\n[1, [2]]\n", "--max-frames", "50");
        result.Out.ShouldBe("[1, [2]]\n");
        result.Err.ShouldStartWith("StackOverflow: ");
    }

    [Fact]
    public async Task A_hook_that_fails_or_never_ends_is_an_error_of_the_input()
    {
        CommandResult result = await Repl(
            "struct A { proc __str(self) { throw \"no text\" } }\n[A()]\nstruct B { proc __str(self) { while true { } } }\nB()\n7\n",
            "--max-steps",
            "100000");
        result.Out.ShouldBe("7\n");
        result.Err.ShouldContain("Error: no text\n");
        result.Err.ShouldContain("LimitExceeded: ");
    }

    [Fact]
    public async Task The_options_apply()
    {
        _folder.Write("data.txt", "text"u8.ToArray());
        CommandResult result = await Repl(
            "import io\nio.readText(\"data.txt\")\nio.writeText(\"other.txt\", \"x\")\nimport os\nos.args()\n:traces\n",
            "--jit",
            "off",
            "--stats");
        result.Out.ShouldStartWith("\"text\"\n[]\n");
        result.Err.ShouldContain("denied");
        result.Err.ShouldContain("nothing is compiled to machine code here");
        result.Err.ShouldContain("interpreter: calls");
        (await Repl("io", "--nosuch")).Code.ShouldBe(2);
        (await LyraCommand.RunAsync("repl", "file.lyra")).Code.ShouldBe(2);
    }

    [Theory]
    [InlineData("1\nexit(3)\n2\n", 3)]
    [InlineData("1\n:quit\n2\n", 0)]
    [InlineData("1\n:q\n2\n", 0)]
    public async Task Exit_and_quit_end_the_session(string input, int code)
    {
        CommandResult result = await Repl(input);
        result.Out.ShouldBe("1\n");
        result.Err.ShouldBeEmpty();
        result.Code.ShouldBe(code);
    }

    [Fact]
    public async Task No_history_is_written()
    {
        string history = Path.Combine(_folder.Path, "history");
        CommandResult result = await LyraCommand.RunAsync(new CommandRun(["repl"])
        {
            Folder = _folder.Path,
            Input = "1\n"u8.ToArray(),
            Variables = new Dictionary<string, string> { ["LYRA_HISTORY"] = history },
        });
        result.Out.ShouldBe("1\n");
        File.Exists(history).ShouldBeFalse();
    }

    [Fact]
    public async Task A_long_result_is_cut()
    {
        CommandResult result = await Repl("\"x\" * 5_000\n[7] * 3\nrange(0, 100_000).toList()\n");
        string[] lines = result.Out.Split('\n');
        lines[0].ShouldBe($"\"{new string('x', 1_999)}… (3,002 more characters)");
        lines[1].ShouldBe("[7, 7, 7]");
        result.Code.ShouldBe(0);
    }

    [Fact]
    public async Task Doc_shows_the_documentation_of_declarations_modules_and_the_library()
    {
        _folder.Write("geo.lyra", """
            /// The distance of two places.
            /// In metres.
            pub proc distance(a, b) -> float { return 1.0 }
            /// A place.
            pub struct Place { x: float }
            pub enum Side { Left }
            """u8.ToArray());
        CommandResult result = await Repl("""
            /// A line of an order. It is priced.
            struct Line {
                /// What one costs.
                price: float; count: int = 1
                //// no documentation
                proc total(self,
                    rate = 1.0) { return self.price * self.count * rate }
            }
            // the rest
            const LIMIT = 3
            import { distance as far, Place } from "geo"
            import "geo"
            :doc Line
            :doc Line.total
            :doc LIMIT
            :doc far
            :doc geo.Place
            :doc geo.Side
            :doc push
            :doc json.parse
            :doc str.take
            let xs = [1]
            :doc xs.removeAt
            :doc nothing
            """);
        result.Err.ShouldBe("nothing here is called 'nothing'\n");
        result.Out.ShouldBe("""
            struct Line
              A line of an order. It is priced.
            Members
              price: float                  What one costs.
              count: int = 1
              proc total(self, rate = 1.0)
            proc total(self, rate = 1.0)
              (without documentation)
            const LIMIT = 3
              (without documentation)
            pub proc distance(a, b) -> float
              The distance of two places.
              In metres.
            pub struct Place
              A place.
            Members
              x: float
            pub enum Side
            Members
              Left
            push(list, v)
              Adds an element at the end of a list.

              Example: let xs = [1]; push(xs, 2); xs gives [1, 2]
            json.parse(text, as?)
              The value of a JSON text; with as, of an annotated type, such as a struct. ValueError with the place, or the path, of a fault.

              Example: json.parse("{\"a\": [1, 2.5, null]}") gives {"a": [1, 2.5, nil]}
            str.take(n)
              The first n elements, in a sequence of the same kind. ValueError for a negative number.

              Example: "abcdef".take(2) gives "ab"
            list.removeAt(i)
              Removes and gives the element at a position. IndexError outside.

              Example: [1, 2, 3].removeAt(1) gives 2

            """);
    }

    [Fact]
    public async Task Commands_show_types_times_and_code()
    {
        CommandResult result = await Repl("""
            struct Point { x: int }
            var p = Point(1)
            :type p
            :type [p.x]
            :type 1; "a"
            :bytecode p.x + 1
            proc total(n) { var sum = 0; for i in 0..n { sum += i }; return sum }
            :bytecode total
            :time total(1_000_000)
            :traces
            :stats
            :bytecode (
            :type missing
            :bytecode print
            """);
        result.Out.ShouldStartWith("Point\nlist\nstr\n; before the optimizer (-O0)\nmodule \"<input 6>\"\n");
        result.Out.ShouldContain("; after the optimizer (-O2)\n");
        result.Out.ShouldContain("proc 1 total normal in 0\n  registers ");
        result.Out.ShouldContain("499999500000\n");
        string time = result.Out.Split('\n').Single(static line => line.EndsWith("% of them compiled", StringComparison.Ordinal));
        time.ShouldMatch(@"^[\d,]+\.\d ms, [2-9],\d\d\d,\d\d\d steps, 99\.\d % of them compiled$");
        result.Out.ShouldContain("trace of the session\n");
        result.Out.ShouldContain("loop in total at <input 7>:1\n");
        result.Out.ShouldMatch(@"jit: traces compiled +[1-9]");
        result.Err.ShouldContain("This `(` is never closed");
        result.Err.ShouldContain("Undefined name `missing`");
        result.Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_profile_has_what_runs_since_its_beginning()
    {
        CommandResult result = await Repl("""
            proc before() { return 1 }
            :profile show
            :profile on
            proc twice(x) { return 2 * x }
            for i in 0..300 { twice(i) + before() }
            :profile show
            :profile on
            :profile off
            :profile show
            :profile maybe
            """);
        result.Out.ShouldContain("profile of the session\n");
        result.Out.ShouldMatch(@" 300 .* twice at <input 2>:1\n");
        result.Out.ShouldMatch(@" 300 .* before at <input 1>:1\n");
        result.Err.Split('\n').ShouldBe(
        [
            "the session is not being profiled; begin with :profile on",
            "the session is being profiled already; :profile off ends that",
            "the session is not being profiled; begin with :profile on",
            ":profile needs on, show or off, not 'maybe'",
            string.Empty,
        ]);
    }

    [Fact]
    public async Task Load_runs_a_file_whose_names_stay()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "sub"));
        _folder.Write("sub/tools.lyra", "pub proc half(x) { return x / 2 }"u8.ToArray());
        _folder.Write("sub/main.lyra", "import tools\nvar y = tools.half(10)\nproc twice(x) { return 2 * x }\ny\n"u8.ToArray());
        _folder.Write("bad.lyra", "let = 1"u8.ToArray());
        CommandResult result = await Repl(
            ":load sub/main.lyra\n[y, twice(4)]\nproc twice(x) { return 3 * x }\ntwice(4)\n:load missing.lyra\n:load bad.lyra\n:load\ny\n");
        result.Out.ShouldBe("[5, 8]\n12\n5\n");
        result.Err.ShouldContain("there is no file missing.lyra\n");
        result.Err.ShouldContain("bad.lyra:1:5: error: ");
        result.Err.ShouldContain(":load needs FILE\n");
    }

    [Fact]
    public async Task Reset_forgets_the_names()
    {
        CommandResult result = await Repl("var x = 1\n:reset\nx\nvar x = 2\nx\n");
        result.Out.ShouldBe("2\n");
        result.Err.ShouldContain("Undefined name `x`");
    }

    [Fact]
    public async Task Unknown_commands_are_explained()
    {
        CommandResult result = await Repl(":nosuch\n:t 1\n:help me\n:quit now\n:\n1\n");
        result.Err.ShouldBe("there is no command ':nosuch'; see :help\n':t' may be :type or :time or :traces\n"
            + ":help takes no argument, not 'me'\n:quit takes no argument, not 'now'\n"
            + "':' may be :help or :type or :doc or :time or :bytecode or :traces or :stats or :profile or :load or :reset or :quit\n");
        result.Out.ShouldBe("1\n");
    }

    [Fact]
    public async Task Help_lists_every_command()
    {
        CommandResult result = await Repl(":help\n");
        string page = File.ReadAllText(Repository.PathOf("docs", "repl.md"));
        foreach (Lyra.Cli.Repl.SessionCommand command in Lyra.Cli.Repl.SessionCommands.All)
        {
            result.Out.ShouldContain($"  {command.Usage}");
            page.ShouldContain($"| `{command.Usage.Split('|')[0]}` |");
        }

        result.Out.ShouldContain("  Ctrl+C ");
        result.Out.ShouldNotContain("\u001b");
        (await LyraCommand.RunAsync("help", "repl")).Out.ShouldContain("--max-steps N");
    }

    [Fact]
    public async Task The_session_in_the_documentation_is_real()
    {
        string session = MarkedPart.Read(File.ReadAllText(Repository.PathOf("docs", "repl.md")), "session");
        List<string> inputs = [];
        List<string> outputs = [];
        foreach (string line in session.Split('\n').Where(static line => line.Length > 0 && line != "```"))
        {
            bool isInput = line.StartsWith("lyra> ", StringComparison.Ordinal) || line.StartsWith("  ...", StringComparison.Ordinal);
            (isInput ? inputs : outputs).Add(isInput ? line.Length > 6 ? line[6..] : string.Empty : line);
        }

        CommandResult result = await LyraCommand.RunAsync(new CommandRun(["repl"])
        {
            Folder = _folder.Path,
            Input = Encoding.UTF8.GetBytes(string.Join('\n', inputs)),
            ErrorRedirection = "2>&1",
        });
        result.Out.TrimEnd('\n').Split('\n').ShouldBe(outputs);
    }

    private Task<CommandResult> Repl(string input, params string[] options) => LyraCommand.RunAsync(new CommandRun(["repl", .. options])
    {
        Folder = _folder.Path,
        Input = Encoding.UTF8.GetBytes(input),
    });
}
