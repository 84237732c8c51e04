using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using Lyra.Fuzz.Programs;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.HostApi;

/// <summary>Chooses and performs the actions of a sequence.</summary>
/// <param name="session">The engines.</param>
/// <param name="random">Makes all choices.</param>
internal sealed class HostActions(HostSession session, FuzzRandom random)
{
    private static readonly (int Weight, Action<HostActions> Act)[] Table =
    [
        (60, static a => a.Run()), (6, static a => a.RunScript()), (4, static a => a.Compile()), (2, static a => a.Store()),
        (10, static a => a.Call()), (5, static a => a.DefineDelegate()), (5, static a => a.DefineValue()), (5, static a => a.SetGlobal()),
        (4, static a => a.ReadGlobals()), (3, static a => a.Check()), (4, static a => a.GetProc()), (4, static a => a.CallDelegate()),
        (4, static a => a.BeginRun()), (4, static a => a.CompleteRun()), (3, static a => a.RunCancelled()), (2, static a => a.Dispose()),
        (2, static a => a.Statistics()), (12, static a => a.Convert()), (4, static a => a.UsePool()), (1, static a => a.RaceToDispose()),
        (6, static a => a.UseValue()), (3, static a => a.RunOnThread()), (6, static a => a.PassValue()), (1, static a => a.Hurry()),
        (4, static a => a.Charge()), (3, static a => a.NearLimit()),
    ];

    private readonly List<LyraScript> _scripts = [];
    private readonly List<Func<LyraValue, LyraValue>> _delegates = [];
    private int _engine;

    private LyraEngine Engine => session[_engine];

    public void Execute()
    {
        for (int i = random.Between(4, 20); i > 0 && session.Faults.Count == 0; i--)
        {
            _engine = random.Chance(75) ? 0 : random.Below(HostSession.Engines);
            int at = random.Below(Table.Sum(row => row.Weight));
            foreach ((int weight, Action<HostActions> act) in Table)
            {
                at -= weight;
                if (at < 0)
                {
                    act(this);
                    break;
                }
            }
        }
    }

    private void Do(string name, Func<string> action) => session.Do($"{_engine}: {name}", action);

    private void Run()
    {
        string source = HostScripts.Any(random);
        Do($"run\n{source}", () => Text(Engine.Run(source, null, session.Token)));
    }

    private void RunOnThread()
    {
        string source = HostScripts.Any(random);
        Thread thread = new(() => Do($"run on a thread\n{source}", () => Text(Engine.Run(source, null, session.Token))));
        thread.Start();
        thread.Join();
    }

    private void Compile()
    {
        string source = HostScripts.Any(random);
        string compiled = random.Chance(5) ? ProgramAmplifier.Amplify(source, random) : source;
        int level = random.Below(4);
        (LyraLimits? limits, CancellationToken token) = WorkLimits();
        Do($"compile {compiled.Length} code units -O{level} {limits?.MaxMemoryBytes}\n{source}", () =>
        {
            _scripts.Add(session.Calls.Compile(compiled, level, limits, token));
            return Done("compiled", token);
        });
    }

    /// <summary>Limits on work with a script, and a token. Most work needs less than the memory that does not count.</summary>
    private (LyraLimits? Limits, CancellationToken Token) WorkLimits() => (
        random.Below(3) switch
        {
            0 => null,
            1 => new LyraLimits { MaxMemoryBytes = 1 },
            _ => new LyraLimits { MaxMemoryBytes = 2 << 20, Timeout = TimeSpan.FromMinutes(5) },
        },
        new CancellationToken(random.Chance(5)));

    private void RunScript()
    {
        if (_scripts.Count > 0)
        {
            int index = random.Below(_scripts.Count);
            Do($"run script {index}", () => Text(Engine.Run(_scripts[index], session.Token)));
        }
    }

    private void Store()
    {
        if (_scripts.Count > 0)
        {
            int index = random.Below(_scripts.Count);
            bool isDamaged = random.Chance(20);
            (LyraLimits? saving, CancellationToken savingToken) = WorkLimits();
            (LyraLimits? loading, CancellationToken loadingToken) = WorkLimits();
            Do($"store script {index}", () =>
            {
                using MemoryStream stream = new();
                session.Calls.Save(_scripts[index], stream, saving, savingToken);
                Done("saved", savingToken);
                stream.SetLength(stream.Length - (isDamaged ? 3 : 0));
                stream.Position = 0;
                _scripts.Add(session.Calls.Load(stream, loading, loadingToken));
                return Done("loaded", loadingToken);
            });
        }
    }

    private void Call()
    {
        string name = random.Chance(80) ? HostScripts.Proc(random)
            : random.Pick(HostScripts.Variable(random), "print", "hostRun", "nosuch", string.Empty);
        LyraValue[] arguments = [.. Enumerable.Range(0, random.Pick(0, 1, 1, 1, 2, 12)).Select(_ => AnyValue())];
        Do($"call {name} with {arguments.Length}", () => Text(Engine.Call(name, arguments)));
    }

    private void DefineDelegate()
    {
        string name = AnyName();
        Delegate function = random.Below(6) switch
        {
            0 => (long n) => n * 2,
            1 => (string text) => text.Length,
            2 => (LyraValue value) => value,
            3 => static () => GC.KeepAlive(null),
            4 => (Func<double, double> f) => f(1.5),
            _ => (IntPtr unsupported) => unsupported == 0,
        };
        Do($"define {name} as {function.Method.GetParameters().FirstOrDefault()?.ParameterType.Name}", () =>
        {
            Engine.Define(name, function);
            return "defined";
        });
    }

    private void DefineValue()
    {
        string name = AnyName();
        object? value = random.Below(8) switch
        {
            0 => null,
            1 => 1.5,
            2 => "text",
            3 => (decimal)1,
            4 => (int[])[1, 2],
            5 => new object(),
            6 => DayOfWeek.Friday,
            _ => AnyValue(),
        };
        Do($"define {name} as {value?.GetType().Name}", () =>
        {
            Engine.Define(name, value);
            return "defined";
        });
    }

    private void SetGlobal()
    {
        string name = AnyName();
        LyraValue value = AnyValue();
        Do($"set {name}", () =>
        {
            Engine.Globals[name] = value;
            return "set";
        });
    }

    private void ReadGlobals()
    {
        string name = AnyName();
        Do($"read {name}", () => $"{Text(Engine.Globals[name])} {Engine.Globals.ContainsKey(name)}");
        Do("list the globals", () => $"{string.Join(' ', Engine.Globals.Select(entry => $"{entry.Key}: {entry.Value.Kind}"))} "
            + Engine.Globals.Count.ToString(CultureInfo.InvariantCulture));
    }

    private void Check()
    {
        string source = HostScripts.Any(random);
        Do($"check\n{source}", () => string.Join('\n', Engine.Check(source)));
    }

    private void GetProc()
    {
        string name = random.Chance(80) ? HostScripts.Proc(random) : HostScripts.Variable(random);
        Do($"get proc {name}", () =>
        {
            _delegates.Add(Engine.GetProc<Func<LyraValue, LyraValue>>(name));
            return "got";
        });
    }

    private void CallDelegate()
    {
        if (_delegates.Count > 0)
        {
            // The engine of the delegate may be another one, disposed or in use.
            int index = random.Below(_delegates.Count);
            long argument = random.Below(10);
            Do($"call delegate {index}", () => Text(_delegates[index](argument)));
        }
    }

    private void BeginRun()
    {
        string source = random.Chance(50) ? "var r = await hostPending()\nfor i in 0..40 { r += i }\nr" : HostScripts.Any(random);
        int engine = _engine;

        // Such a script blocks its thread, or ends whenever the thread of the pool comes to it.
        if (!source.Contains("hostCancel", StringComparison.Ordinal) && !source.Contains("hostDispose", StringComparison.Ordinal))
        {
            Do($"begin\n{source}", () => session.Begin(engine, source));
            if (!HostSession.AwaitsHost(source))
            {
                CompleteRun();
            }
        }
    }

    private void CompleteRun()
    {
        int engine = _engine;
        Do("complete", () => session.Complete(engine));
    }

    private void RunCancelled()
    {
        string source = HostScripts.Any(random);
        CancellationToken token = new(canceled: true);
        Do($"run cancelled\n{source}", () => Done(Text(session.Calls.Run(Engine, source, token)), token));
    }

    /// <summary>A call has succeeded, which it must not if its token was cancelled before.</summary>
    private string Done(string result, CancellationToken token)
    {
        if (token.IsCancellationRequested)
        {
            session.Faults.Add("a cancelled call succeeded");
        }

        return result;
    }

    private void Dispose()
    {
        int engine = _engine;
        Do("dispose", () =>
        {
            Engine.Dispose();
            return "disposed";
        });
        if (random.Chance(60))
        {
            // Scripts of the new engine would wait for it forever.
            CompleteRun();
            Do("renew", () =>
            {
                session.Renew(engine);
                return "renewed";
            });
        }
    }

    private void Statistics() => Do("statistics", () => $"{Engine.Statistics.Interpreter.Calls >= 0}");

    private void UseValue()
    {
        string name = HostScripts.Variable(random);
        int way = random.Below(8);
        Do($"use {name} in way {way}", () =>
        {
            LyraValue value = Engine.Globals[name];
            return way switch
            {
                0 => value.ToString(),
                1 => $"{value.As<int>()}",
                2 => string.Join(',', value.As<IReadOnlyList<LyraValue>>() ?? []),
                3 => string.Join(',', value.As<long[]>() ?? []),
                4 => $"{value == session.Kept(_engine, 1)} {value.Equals(value)}",
                5 => $"{value.TryAs(out string? text)} {text}",
                6 => $"{value.As<Func<LyraValue, LyraValue>>()?.Invoke(1)}",
                _ => $"{value.GetHashCode() == value.GetHashCode()} {value.Kind}",
            };
        });
    }

    /// <summary>Converts a value of a script to .NET, outside of a run or as an argument of a delegate.</summary>
    private void Convert()
    {
        string name = HostScripts.Variable(random);
        int conversion = random.Below(HostConversions.Count);
        string source = HostScripts.Large(random, name);
        if (random.Chance(60))
        {
            Do($"run\n{source}", () => Text(Engine.Run(source)));
        }

        Do($"convert {name} to {HostConversions.TypeOf(conversion)}", () => session.Calls.Convert(Engine.Globals[name], conversion));
        if (random.Chance(40))
        {
            Do("define take", () => HostConversions.Define(Engine, "take", conversion));
            string call = $"take({name})\nfor i in 0..12 {{ try {{ take({name}) }} catch e {{ }} }}";
            Do($"take it\n{call}", () => Text(Engine.Run(call)));
        }

        // What the host does without a run, such as printing, has fixed bounds of seconds.
        if (Engine.IsDisposed is false)
        {
            Do($"drop {name}", () => $"{Engine.Globals[name] = LyraValue.Nil}");
        }
    }

    /// <summary>Some actions on the pool: a tenant must follow another one for a trace to be seen.</summary>
    private void UsePool()
    {
        for (int i = random.Between(2, 8); i > 0; i--)
        {
            (string name, Func<string> action) = PoolAction();
            Do(name, action);
        }
    }

    private (string Name, Func<string> Action) PoolAction()
    {
        int index = random.Below(3);
        string source = HostScripts.Any(random);
        bool isTwice = random.Chance(10);
        return random.Below(20) switch
        {
            < 7 => ("rent", session.Pool.Rent),
            < 10 => ($"run in rented {index}\n{source}", () => session.Pool.Run(index, source)),
            < 13 => ($"run in rented {index}", () => session.Pool.Run(index, "next()\nvar secret = next()\nsecret")),
            < 14 => ($"give back in a run {index}", () => session.Pool.Run(index, "give()")),
            < 18 => ($"return {index}", () => session.Pool.Return(index, isTwice)),
            < 19 => ($"dispose rented {index}", () => session.Pool.DisposeRented(index)),
            _ => ("close the pool", session.Pool.Close),
        };
    }

    private void RaceToDispose()
    {
        string source = DisposeRace.Source(random);
        Do($"dispose while another thread runs\n{source}", () => DisposeRace.Run(session.NewEngine(), source, session.Faults.Add));
    }

    /// <summary>Makes calls that need much time, with little of it.</summary>
    private void Hurry()
    {
        FuzzRandom choices = new((long)random.Bits());
        session.Do("hurry", () => new HurriedCalls(session.Calls, session.Excesses.Add, session.Faults.Add).Make(choices), isJudged: false);
    }

    /// <summary>Judges what operators and the library charge.</summary>
    private void Charge()
    {
        FuzzRandom choices = new((long)random.Bits());
        session.Do("charge", () => new ChargedCalls(session.Calls, session.Faults.Add).Judge(session.Options, choices), isJudged: false);
    }

    /// <summary>Runs a script to a limit that the host may raise.</summary>
    private void NearLimit()
    {
        FuzzRandom choices = new((long)random.Bits());
        NearLimitRuns runs = new(session.Calls, session.Faults.Add);
        session.Do("near a limit", () => runs.Make(session.Options, choices), isJudged: false);
    }

    /// <summary>Passes a value to the other engine, on any route, and uses it there.</summary>
    private void PassValue()
    {
        string name = random.Chance(80) ? HostScripts.Variable(random) : HostScripts.Proc(random);
        int route = random.Below(ForeignValue.RouteCount);
        string use = ForeignValue.Use(random);
        LyraEngine other = session[(_engine + 1) % HostSession.Engines];
        Do($"pass {name} on route {route}", () =>
        {
            LyraValue value = Engine.Globals[name];
            return $"{value.Kind} {(ForeignValue.Pass(other, value, route) ? "accepted" : "refused")}";
        });
        Do($"use it\n{use}", () => Text(other.Run(use)));
    }

    private LyraValue AnyValue() => random.Below(8) switch
    {
        0 => LyraValue.Nil,
        1 => true,
        2 => 1.5,
        3 => "text",
        4 => long.MaxValue,
        5 => LyraValue.From((object[])[1, "two", null!]),
        6 => session.Kept(_engine, random.Below(5)),
        _ => random.Below(20),
    };

    private string AnyName() => random.Below(6) switch
    {
        0 => random.Pick("for", "1x", string.Empty, "a b", "print", "hostRun"),
        1 => HostScripts.Proc(random),
        _ => HostScripts.Variable(random),
    };

    private static string Text(LyraValue value) => value.ToString();
}
