using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using Lyra.Extensions.Hosting;

namespace RuleService.Metrics;

/// <summary>Collects the instruments of Lyra and of the service, and writes them in the text format of Prometheus.</summary>
internal sealed class PrometheusText : IDisposable
{
    private static readonly string[] Meters =
        [LyraMetrics.EngineMeter, LyraMetrics.HostingMeter, ServiceMetrics.MeterName, "Microsoft.AspNetCore.Hosting"];

    private static readonly double[] Bounds = [0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Family> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    public PrometheusText()
    {
        _listener.InstrumentPublished = static (instrument, listener) =>
        {
            if (Meters.Contains(instrument.Meter.Name))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>The present figures.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        StringBuilder text = new();
        lock (_lock)
        {
            foreach (Family family in _families.Values)
            {
                family.Write(text);
            }
        }

        return text.ToString();
    }

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string labels = Labels(tags);
        lock (_lock)
        {
            string name = NameOf(instrument);
            if (!_families.TryGetValue(name, out Family? family))
            {
                _families.Add(name, family = new Family(name, KindOf(instrument), instrument.Description ?? ""));
            }

            family.Record(labels, value, instrument.IsObservable);
        }
    }

    private static string NameOf(Instrument instrument)
    {
        string unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => "" };
        return instrument.Name.Replace('.', '_') + unit + (KindOf(instrument) == "counter" ? "_total" : "");
    }

    private static string KindOf(Instrument instrument)
    {
        string type = instrument.GetType().Name;
        return type.StartsWith("Histogram", StringComparison.Ordinal) ? "histogram"
            : type.Contains("UpDown", StringComparison.Ordinal) || type.Contains("Gauge", StringComparison.Ordinal) ? "gauge"
            : "counter";
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        StringBuilder labels = new();
        foreach ((string key, object? value) in tags)
        {
            string text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            text = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
                .Replace("\n", "\\n", StringComparison.Ordinal);
            labels.Append(labels.Length == 0 ? "" : ",").Append(key.Replace('.', '_')).Append("=\"").Append(text).Append('"');
        }

        return labels.ToString();
    }

    /// <summary>The series of one instrument.</summary>
    private sealed class Family(string name, string kind, string help)
    {
        private readonly SortedDictionary<string, double> _values = new(StringComparer.Ordinal);
        private readonly SortedDictionary<string, long[]> _buckets = new(StringComparer.Ordinal);

        public void Record(string labels, double value, bool isTotal)
        {
            _values[labels] = isTotal ? value : _values.GetValueOrDefault(labels) + value;
            if (kind == "histogram")
            {
                if (!_buckets.TryGetValue(labels, out long[]? counts))
                {
                    _buckets.Add(labels, counts = new long[Bounds.Length + 1]);
                }

                int bucket = Array.FindIndex(Bounds, bound => value <= bound);
                counts[bucket < 0 ? Bounds.Length : bucket]++;
            }
        }

        public void Write(StringBuilder text)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {kind}\n");
            foreach ((string labels, double value) in _values)
            {
                if (kind == "histogram")
                {
                    WriteHistogram(text, labels, value, _buckets[labels]);
                }
                else
                {
                    text.Append(CultureInfo.InvariantCulture, $"{name}{Braced(labels)} {value:R}\n");
                }
            }
        }

        private void WriteHistogram(StringBuilder text, string labels, double sum, long[] counts)
        {
            string before = labels.Length == 0 ? "" : labels + ",";
            long all = 0;
            for (int i = 0; i < counts.Length; i++)
            {
                all += counts[i];
                string bound = i < Bounds.Length ? Bounds[i].ToString("R", CultureInfo.InvariantCulture) : "+Inf";
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{before}le=\"{bound}\"}} {all}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"{name}_sum{Braced(labels)} {sum:R}\n{name}_count{Braced(labels)} {all}\n");
        }

        private static string Braced(string labels) => labels.Length == 0 ? "" : "{" + labels + "}";
    }
}
