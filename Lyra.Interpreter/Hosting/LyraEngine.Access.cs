using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Hosting;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Hosting;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra;

/// <content>What the host does with single values: operations of the language, under the limits of the engine.</content>
public sealed partial class LyraEngine
{
    private Func<long>? _countFree;

    /// <summary>
    /// The procs that the host can call by name: the <see cref="Globals"/> that hold procs, those of scripts and those of the host.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another thread is using the engine.</exception>
    public IReadOnlyList<LyraProc> Procs
    {
        get
        {
            List<LyraProc> procs = [];
            foreach ((string name, LyraValue value) in Globals)
            {
                if (value.Kind == ValueKind.Proc)
                {
                    procs.Add(new LyraProc(name, value, ParametersOf(value.Raw)));
                }
            }

            return procs;
        }
    }

    Value IScriptCaller.GetMember(in Value receiver, string name)
    {
        Value target = receiver;
        return _runs.Operate([target], () => _interpreter.Members.Get(target, new InlineCache(name)));
    }

    Value IScriptCaller.GetMethod(in Value receiver, string name)
    {
        Value target = receiver;
        return _runs.Operate([target], () => _interpreter.Members.LoadMethod(target, new InlineCache(name)));
    }

    void IScriptCaller.SetMember(in Value target, string name, in Value value)
    {
        (Value assigned, Value stored) = (target, value);
        _runs.Operate([assigned, stored], () =>
        {
            _interpreter.Members.Set(assigned, stored, new InlineCache(name));
            return default;
        });
    }

    Value IScriptCaller.GetItem(in Value container, in Value index)
    {
        (Value target, Value key) = (container, index);
        return _runs.Operate([target, key], () => Indexing.Get(_interpreter, target, key));
    }

    void IScriptCaller.SetItem(in Value container, in Value index, in Value value)
    {
        (Value target, Value key, Value stored) = (container, index, value);
        _runs.Operate([target, key, stored], () =>
        {
            Indexing.Set(_interpreter, target, key, stored);
            return default;
        });
    }

    Value IScriptCaller.LengthOf(in Value container)
    {
        Value target = container;
        return _runs.Operate([target], () => Indexing.Length(_interpreter, target));
    }

    Value IScriptCaller.Copy(in Value value)
    {
        Value source = value;
        return _runs.Operate([], () => new ValueCopier(_interpreter).Copy(source));
    }

    ConversionLimits IScriptCaller.ConversionLimits =>
        new(Options.Limits.MaxMemoryBytes, Options.Limits.MaxSteps, Options.Limits.Timeout, Options.LimitClock)
        {
            CountFree = _gate.IsInside && _interpreter.IsRunning ? _countFree ??= _interpreter.CountFreeBytes : null,
        };

    private static string[] ParametersOf(in Value proc) => proc.Ref switch
    {
        Closure closure => Array.ConvertAll(closure.Prototype.Parameters, static p => p.Name),
        NativeProc native => native.Intrinsic.ParameterNames,
        BoundProc bound => [.. ParametersOf(Value.FromObject(bound.Target)).Skip(1)],
        _ => [],
    };
}
