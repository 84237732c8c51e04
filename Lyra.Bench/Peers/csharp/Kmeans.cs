// Clusters n generated sets of 60 points with k-means until the centers stand still
static class Kmeans
{
    const int Points = 60;
    const int K = 4;
    const int MaxRounds = 40;

    readonly record struct Point(double X, double Y, int Label)
    {
        // The square of the distance.
        public double Distance(Point other)
        {
            double dx = X - other.X;
            double dy = Y - other.Y;
            return dx * dx + dy * dy;
        }
    }

    sealed class Cluster(Point center)
    {
        public Point Center { get; private set; } = center;
        public List<Point> Members { get; } = [];

        // Moves the center to the mean of the members; gives how far it went.
        public double Recenter()
        {
            if (Members.Count == 0) return 0.0;
            double x = 0.0, y = 0.0;
            foreach (var p in Members)
            {
                x += p.X;
                y += p.Y;
            }
            var center = new Point(x / Members.Count, y / Members.Count, -1);
            double moved = center.Distance(Center);
            Center = center;
            return moved;
        }

        // The sum of the members' distances from the center.
        public double Spread()
        {
            double total = 0.0;
            foreach (var p in Members)
                total += Math.Sqrt(p.Distance(Center));
            return total;
        }

        // How many members have the label that is the most frequent here.
        public int Majority()
        {
            var counts = new Dictionary<int, int>();
            foreach (var p in Members)
                counts[p.Label] = counts.GetValueOrDefault(p.Label) + 1;
            return Members.Count == 0 ? 0 : counts.Values.Max();
        }
    }

    static long seed = 42;

    static int Random(int limit)
    {
        seed = seed * 16807 % 2147483647;
        return (int)(seed % limit);
    }

    // Points around K hidden centers, each labelled with the number of its center.
    static List<Point> GeneratePoints()
    {
        var centers = new List<Point>();
        for (int i = 0; i < K; i++)
            centers.Add(new Point(200.0 + Random(800), 200.0 + Random(800), i));
        var points = new List<Point>();
        for (int i = 0; i < Points; i++)
        {
            var center = centers[Random(K)];
            double dx = (Random(200) + Random(200) - 200) * 0.75;
            double dy = (Random(200) + Random(200) - 200) * 0.75;
            points.Add(new Point(center.X + dx, center.Y + dy, center.Label));
        }
        return points;
    }

    // Starts with the first point, then always takes the point that is farthest from the centers so far.
    static List<Cluster> InitialClusters(List<Point> points)
    {
        var clusters = new List<Cluster> { new(points[0]) };
        while (clusters.Count < K)
        {
            var farthest = points[0];
            double best = -1.0;
            foreach (var p in points)
            {
                double distance = clusters.Min(c => p.Distance(c.Center));
                if (distance > best)
                {
                    best = distance;
                    farthest = p;
                }
            }
            clusters.Add(new Cluster(farthest));
        }
        return clusters;
    }

    static Cluster Nearest(Point p, List<Cluster> clusters)
    {
        var result = clusters[0];
        double best = p.Distance(result.Center);
        foreach (var c in clusters)
        {
            double distance = p.Distance(c.Center);
            if (distance < best)
            {
                best = distance;
                result = c;
            }
        }
        return result;
    }

    static List<Cluster> FindClusters(List<Point> points)
    {
        var clusters = InitialClusters(points);
        for (int round = 0; round < MaxRounds; round++)
        {
            foreach (var c in clusters)
                c.Members.Clear();
            foreach (var p in points)
                Nearest(p, clusters).Members.Add(p);
            double moved = 0.0;
            foreach (var c in clusters)
                moved += c.Recenter();
            if (moved < 0.0001) break;
        }
        return clusters;
    }

    static long Rounded(double value) => (long)Math.Floor(value * 1000.0 + 0.5);

    public static long Run(int n)
    {
        seed = 42;
        long sum = 0;
        for (int i = 0; i < n; i++)
        {
            var clusters = FindClusters(GeneratePoints());
            foreach (var c in clusters.OrderBy(c => c.Center.X).ThenBy(c => c.Center.Y))
            {
                sum = (sum * 31 + Rounded(c.Center.X) * 7 + Rounded(c.Center.Y)) % 1000000007;
                sum = (sum * 31 + Rounded(c.Spread()) + c.Members.Count * 100 + c.Majority()) % 1000000007;
            }
        }
        return sum;
    }
}
