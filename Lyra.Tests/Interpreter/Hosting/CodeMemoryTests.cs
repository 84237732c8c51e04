using System.Collections.Generic;
using System.Linq;
using System.Text;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>The code that an engine holds counts against its memory limit.</summary>
public sealed class CodeMemoryTests
{
    private const long Limit = 8_000_000;

    [Fact]
    public void Procs_of_many_scripts_count_until_they_are_dropped()
    {
        using LyraEngine engine = Engine();
        engine.Run("keep = []");
        int scripts = 0;
        LyraLimitException e = Should.Throw<LyraLimitException>(() =>
        {
            for (; scripts < 10_000; scripts++)
            {
                engine.Run($"keep.push(() => {{ {Statements(20, scripts)} }})");
            }
        });
        e.Limit.ShouldBe(LimitKind.Memory);
        scripts.ShouldBeInRange(1_000, 4_000);

        engine.Run("keep = []");
        engine.Run($"keep.push(() => {{ {Statements(20, 0)} }})\nlength(keep)").As<int>().ShouldBe(1);
    }

    [Fact]
    public void Code_that_no_one_can_call_any_more_does_not_count()
    {
        using LyraEngine engine = Engine();
        for (int i = 0; i < 2_000; i++)
        {
            engine.Run($"proc f() {{ {Statements(50, i)} }}\nf()");
        }
    }

    [Fact]
    public void Imported_modules_count()
    {
        Dictionary<string, string> files = Enumerable.Range(0, 100).ToDictionary(
            i => $"m{i}", i => $"pub proc f() {{ {Statements(3_000, i)} }}");
        using LyraEngine engine = Engine(new DictionaryModuleLoader(files));
        string imports = string.Concat(Enumerable.Range(0, 100).Select(i => $"import \"m{i}\" as m{i}\n"));

        Scripts.ShouldExceedLimit(engine, imports).Limit.ShouldBe(LimitKind.Memory);
        engine.Run("import \"m0\" as m\n1").As<int>().ShouldBe(1);
    }

    private static string Statements(int count, int seed)
    {
        StringBuilder text = new();
        for (int i = 0; i < count; i++)
        {
            text.Append($"var v{i} = [{seed + i}, \"text {seed} {i}\"]; ");
        }

        return text.ToString();
    }

    private static LyraEngine Engine(IModuleLoader? loader = null)
    {
        LyraEngine engine = new(new LyraOptions { Limits = new LyraLimits { MaxMemoryBytes = Limit }, ModuleLoader = loader });
        engine.Globals["keep"] = LyraValue.Nil;
        return engine;
    }
}
